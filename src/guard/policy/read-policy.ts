import { join } from "node:path";
import type { IntegrationConfig } from "../../config.js";
import { attachmentsFolder } from "./attachments-folder.js";
import { readPolicyFile } from "./own-policy-file.js";
import { readOnly, type Policy } from "./policy.js";

/**
 * Reads `policy.yaml` in the user's configuration folder. Without one everything may be read and nothing else done; one
 * with a mistake is refused as a whole.
 *
 * @throws ConfigurationError `config.unsafe` when somebody else could have written it, or for a folder of attachments
 * that would expose credentials; `config.invalid_file` naming file, line and field
 */
export async function readPolicy(config: IntegrationConfig): Promise<Policy> {
  const file = join(config.configDir, "policy.yaml");
  const text = await readPolicyFile(file);
  if (text === undefined) {
    return { file, exists: false, attachmentsDir: undefined, profiles: [], grantsOf: () => readOnly };
  }
  const { parsePolicy } = await import("./parse-policy.js"); // with its YAML, which nobody needs who has no policy
  const { attachments, profiles } = parsePolicy(text, file);
  const attachmentsDir = attachments === undefined ? undefined : await attachmentsFolder(attachments, file, config);
  return {
    ...{ file, exists: true, attachmentsDir, profiles: [...profiles.keys()] },
    grantsOf: (profile) => profiles.get(profile) ?? readOnly,
  };
}
