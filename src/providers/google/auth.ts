import type { AccessLevel, OAuthSetup } from "../../credentials/types.js";
import type { SetupDefinition, SetupStep } from "../../provider.js";

/** Google's authorization server. Client files must name the same addresses. */
const endpoints = {
  issuer: "https://accounts.google.com",
  authorization: "https://accounts.google.com/o/oauth2/v2/auth",
  authorizationAliases: ["https://accounts.google.com/o/oauth2/auth"],
  token: "https://oauth2.googleapis.com/token",
  revocation: "https://oauth2.googleapis.com/revoke",
} as const;

/** The origin of Google's authorization server, as tokens name their issuer. */
export const tokenIssuer: string = new URL(endpoints.token).origin;

/** What tells who signed in, so that a profile stays with its account. */
const identityScopes = ["openid", "email"] as const;

/** The setup of a Google service: its scopes per access level and the walk through Google's console. */
export function googleSetup(service: {
  title: string;
  /** The API's name in Google's console library. */
  api: string;
  scopes: Readonly<Record<AccessLevel, readonly string[]>>;
}): SetupDefinition {
  const { read, write, full } = service.scopes;
  const credentials: OAuthSetup = {
    kind: "oauth",
    endpoints,
    scopes: {
      read: [...identityScopes, ...read],
      write: [...identityScopes, ...write],
      full: [...identityScopes, ...full],
    },
  };
  return { title: service.title, credentials, steps: consoleSteps(service.title, service.api) };
}

/** @see https://developers.google.com/workspace/guides/create-credentials */
function consoleSteps(title: string, api: string): SetupStep[] {
  return [
    {
      title: "Choose or create a project",
      instruction: "One project serves Gmail and Google Calendar together.",
      url: "https://console.cloud.google.com/projectcreate",
    },
    {
      title: `Enable the ${title} API`,
      instruction: 'Press "Enable". Other Google services that you want need the same once more.',
      url: `https://console.cloud.google.com/apis/library/${api}`,
    },
    {
      title: "Describe the consent screen",
      instruction:
        'Choose "External", add your own address under test users, and publish the app when it works: while it is in testing, Google ends every sign-in after 7 days.',
      url: "https://console.cloud.google.com/auth/overview",
    },
    {
      title: "Create a client of the type Desktop app",
      instruction: "Download its JSON file and hand it to the setup with --credentials FILE.",
      url: "https://console.cloud.google.com/auth/clients/create",
    },
  ];
}
