import * as v from "valibot";
import { integrationError } from "../core/errors.js";
import { isLoopback } from "../core/http.js";
import { Secret } from "../core/secret.js";
import { jsonOf } from "./json-file.js";
import type { OAuthClient, OAuthEndpoints } from "./types.js";

const text = v.pipe(v.string(), v.minLength(1));
const clientSection = v.object({
  client_id: text,
  client_secret: text,
  auth_uri: text,
  token_uri: text,
  redirect_uris: v.optional(v.array(v.string())),
});
const clientFile = v.object({ installed: v.optional(clientSection), web: v.optional(clientSection) });

/** What a client file is read for. */
export interface ClientFileOptions {
  /** For messages. */
  readonly file: string;
  readonly endpoints: OAuthEndpoints;
  /** Web clients are for programs with a web server of their own. */
  readonly allowWeb: boolean;
}

/**
 * Reads an OAuth client file as the service's console gives it.
 *
 * @throws ConfigurationError `config.invalid_file` saying what is wrong; `config.untrusted_endpoint` when it names
 * addresses other than the service's own
 */
export function parseClientFile(content: string, options: ClientFileOptions): OAuthClient {
  const { file } = options;
  const parsed = v.safeParse(clientFile, readJson(content, file));
  if (!parsed.success) {
    const at = v.getDotPath(parsed.issues[0]) ?? "";
    throw unusable(file, at === "" ? "is not an OAuth client file" : `lacks a usable "${at}"`);
  }
  const { installed, web } = parsed.output;
  const section = installed ?? web;
  if (!section) throw unusable(file, 'has neither an "installed" nor a "web" client');
  if (!installed && !options.allowWeb) {
    throw integrationError("config.invalid_file", {
      message: `${file} holds a client of the type Web application, which cannot sign in on this machine.`,
      hint: "In the service's console create an OAuth client of the type Desktop app and download that file instead.",
      details: { file },
    });
  }
  requireOwnEndpoints(section, options);
  if (installed) requireLoopbackRedirect(section, file);
  return {
    clientId: section.client_id,
    clientSecret: new Secret(section.client_secret),
    type: installed ? "installed" : "web",
    redirectUris: section.redirect_uris ?? [],
  };
}

/** The token endpoint that a client file names, whosever it is; undefined when it is no client file. */
export function tokenUriOf(content: string): string | undefined {
  try {
    const parsed = v.safeParse(clientFile, JSON.parse(content));
    return parsed.success ? (parsed.output.installed ?? parsed.output.web)?.token_uri : undefined;
  } catch {
    return undefined; // not JSON
  }
}

function readJson(content: string, file: string): unknown {
  const value = jsonOf(content);
  if (value !== undefined) return value;
  if (content.trim() === "") throw unusable(file, "is empty");
  const begun = /^\ufeff?\s*\{/.test(content);
  throw unusable(file, begun ? "is not complete JSON: it was cut off or edited" : "is not JSON");
}

/** A desktop client's sign-in comes back to this machine; a file that names other places only is of another kind. */
function requireLoopbackRedirect(
  { redirect_uris: redirects }: v.InferOutput<typeof clientSection>,
  file: string,
): void {
  if (redirects === undefined || redirects.length === 0) return;
  if (redirects.some((address) => URL.canParse(address) && isLoopback(new URL(address)))) return;
  throw integrationError("config.invalid_file", {
    message: `${file} lets no sign-in come back to this machine: its redirect_uris has no http://localhost.`,
    hint: "In the service's console create an OAuth client of the type Desktop app and download that file instead.",
    details: { file, field: "redirect_uris" },
  });
}

function requireOwnEndpoints(
  section: v.InferOutput<typeof clientSection>,
  { endpoints, file }: ClientFileOptions,
): void {
  const authorization = [endpoints.authorization, ...(endpoints.authorizationAliases ?? [])];
  const checks = [
    { field: "auth_uri", found: section.auth_uri, trusted: authorization },
    { field: "token_uri", found: section.token_uri, trusted: [endpoints.token] },
  ];
  for (const { field, found, trusted } of checks) {
    if (trusted.includes(found)) continue;
    const loopback = [found, ...trusted].every((url) => URL.canParse(url) && isLoopback(new URL(url)));
    throw integrationError("config.untrusted_endpoint", {
      message: `${file} names "${found.slice(0, 200)}" as ${field}, which is not the service's own address.`,
      hint: loopback
        ? `Give the sandbox's address as its client file writes it: ${new URL(found).origin}.`
        : "Download the client file again from the service's console; nothing was sent.",
      details: { file, field, trusted },
    });
  }
}

function unusable(file: string, problem: string): Error {
  return integrationError("config.invalid_file", {
    message: `${file} ${problem}.`,
    hint: "Download the client file again from the service's console (type Desktop app) and use it unchanged.",
    details: { file },
  });
}
