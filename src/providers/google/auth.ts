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
      id: "project",
      serves: "issuer",
      title: "Choose or create a project",
      instruction: "One project serves Gmail and Google Calendar together; any name will do.",
      url: "https://console.cloud.google.com/projectcreate",
    },
    {
      id: "api",
      title: `Enable the ${title} API`,
      instruction: `Look that your project is the one chosen at the top, then press "Enable".`,
      url: `https://console.cloud.google.com/apis/library/${api}`,
    },
    {
      id: "consent-screen",
      serves: "issuer",
      title: "Describe the app",
      instruction:
        'Press "Get started", give a name and your address, and choose "External"; in an organization of your own "Internal" spares you the next step.',
      url: "https://console.cloud.google.com/auth/overview",
    },
    {
      id: "audience",
      serves: "issuer",
      title: "Publish the app",
      instruction:
        'Press "Publish app": for yourself no review is needed, and at sign-in you pass the warning by "Advanced". An app that stays in "Testing" lets only those sign in whom you add under "Test users", and Google ends every sign-in after 7 days.',
      url: "https://console.cloud.google.com/auth/audience",
    },
    {
      id: "client",
      serves: "issuer",
      title: "Create a client of the type Desktop app",
      instruction: 'Choose "Desktop app" (a web client cannot sign in on this machine) and press "Create".',
      url: "https://console.cloud.google.com/auth/clients/create",
    },
    {
      id: "download",
      serves: "issuer",
      title: "Download its JSON file",
      instruction:
        'Press "Download JSON" in the window that shows the new client. Google shows its secret only then: without it, add a secret to the client and download that.',
      url: "https://console.cloud.google.com/auth/clients",
    },
  ];
}
