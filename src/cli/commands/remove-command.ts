import { integrationError } from "../../core/errors.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import type { Prompter } from "../../setup/prompter.js";
import { listStatus, type StatusLine } from "../../setup/status.js";
import type { SetupFlags } from "../definitions/setup.js";
import { notRemoved } from "../terminal/stopped.js";
import { linesAsked } from "./asked-profiles.js";
import { placeOf } from "./credential-flags.js";
import { describeProfile, endsAccessOf, profileRemoveCommand } from "./profiles-command.js";

/** `--remove`: forgets a profile, after asking; the rest is as `profiles remove` does it. */
export async function removeCommand(
  given: IntegrationRegistry | undefined,
  flags: SetupFlags,
  prompter: Prompter,
): Promise<void> {
  const registry = given ?? getRegistry();
  const { json, revoke = false, yes = false } = flags;
  const where = placeOf(flags);
  const profiles = (await listStatus(registry, where)).filter(({ state }) => state !== "needs_setup");
  const { service, profile } = await choose(registry, linesAsked(registry, profiles, flags), flags, prompter);
  if (!yes) await confirm(registry, { service, profile, revoke, where }, prompter);
  const sandbox = where.endpoints === undefined ? {} : { sandbox: where.endpoints };
  await profileRemoveCommand(registry, [service, profile], { ...sandbox, revoke, yes: true, ...(json && { json }) });
}

/** The one that is meant; of several the person says which. */
async function choose(
  registry: IntegrationRegistry,
  lines: readonly StatusLine[],
  flags: SetupFlags,
  prompter: Prompter,
): Promise<StatusLine> {
  const own = lines.filter(({ profile }) => profile === (flags.profile ?? registry.config.defaultUser));
  const [only, ...others] = flags.service ? own : lines;
  if (only && others.length === 0 && flags.service) return only;
  if (lines.length === 0 || (flags.service && own.length === 0)) {
    throw integrationError("config.profile_not_found", {
      message: "There is no such profile to remove.",
      hint: "npx maigic-integrations-setup --list shows every profile there is.",
    });
  }
  const chosen = await prompter.choose(
    "Which profile is to be removed?",
    lines.map((line, index) => ({ value: String(index), label: describeProfile({ ...line, userId: line.profile }) })),
    { flag: "--service" },
  );
  const line = lines[Number(chosen)];
  if (line) return line;
  throw notRemoved();
}

async function confirm(
  registry: IntegrationRegistry,
  { service, profile, revoke, where }: Removal,
  prompter: Prompter,
): Promise<void> {
  const credentials = registry.getCredentialManager(where);
  const { alsoAffected } = await credentials.deleteCredentials(service, profile, { revoke, dryRun: true });
  if (alsoAffected.length > 0) prompter.say(endsAccessOf(alsoAffected));
  const end = revoke ? ", and end its access at the service" : "";
  const question = `Remove profile "${profile}" of ${service} from this machine${end}?`;
  if (!(await prompter.confirm(question, { flag: "--yes" }))) throw notRemoved();
}

interface Removal {
  readonly service: string;
  readonly profile: string;
  readonly revoke: boolean;
  readonly where: { readonly endpoints?: string };
}
