import { integrationError } from "../core/errors.js";
import type { ProfileSummary } from "../credentials/types.js";
import type { IntegrationRegistry } from "../registry.js";
import type { ServedProfile } from "./served-profiles.js";

/** What was there to be served. */
interface Sought {
  readonly registry: IntegrationRegistry;
  readonly summaries: readonly ProfileSummary[];
  /** Only these profiles; undefined: all. */
  readonly wanted: readonly string[] | undefined;
}

/**
 * Says why there is nothing to serve. Clients start servers in folders of their own, where no `.env` and no credentials
 * are, so it says where it looked.
 *
 * @throws ConfigurationError `config.profile_not_found`, or `config.disabled` for what is connected and switched off
 */
export function requireServed(served: readonly ServedProfile[], { registry, summaries, wanted }: Sought): void {
  const missing = wanted?.filter((name) => !served.some(({ profile }) => profile === name)) ?? [];
  if (served.length > 0 && missing.length === 0) return;
  const connected = summaries.filter(
    ({ userId, state }) => state !== "needs_setup" && (missing.length === 0 || missing.includes(userId)),
  );
  if (connected.length > 0) throw unusable(registry, connected, missing);
  const { credentialStorage, credentialsDir } = registry.config;
  const where = credentialStorage === "file" ? ` in ${credentialsDir}` : "";
  throw integrationError("config.profile_not_found", {
    message:
      missing.length > 0
        ? `Nobody has connected a profile called ${missing.join(", ")}${where}.`
        : `No profile is connected${where}: there is nothing that an assistant could use.`,
    hint: "Connect one: npx maigic-integrations-setup. One of another folder is found with MAIGIC_CREDENTIALS_DIR, which mcp --client-config prints there.",
    details: { missing },
  });
}

function unusable(
  registry: IntegrationRegistry,
  connected: readonly ProfileSummary[],
  missing: readonly string[],
): Error {
  const services = [...new Set(connected.map(({ service }) => service))].filter((each) => registry.hasProvider(each));
  const problems = services.map((each) => `${each} (${registry.getProviderInfo(each).problem ?? "not usable"})`);
  const whose = missing.length > 0 ? `Profile ${missing.join(", ")}` : "What is connected";
  return integrationError("config.disabled", {
    message: `${whose} cannot be used here: ${problems.join("; ")}.`,
    hint: "Start it in the folder with your .env, or give it the variables that mcp --client-config prints there.",
    details: { missing },
  });
}
