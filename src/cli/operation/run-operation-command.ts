import type { Command } from "commander";
import { given } from "../../core/given.js";
import { getRegistry } from "../../integrations.js";
import type { ClientOfKind, OperationEntry } from "../../operations/operation.js";
import { parseInput } from "../../operations/parse-input.js";
import { serviceFor } from "../../operations/service-for.js";
import type { IntegrationRegistry } from "../../registry.js";
import type { ProgramContext } from "../definitions/command.js";
import { flagOfCallOption, type OperationFlags } from "../definitions/operation-flags.js";
import { verboseLogger } from "../terminal/verbose-logger.js";
import { inFlags } from "./error-in-flags.js";
import { flagOf, inputOf } from "./field-flags.js";
import { inputFields } from "../../operations/input-fields.js";
import { runRead } from "./run-read.js";
import { runWrite } from "./run-write.js";
import { withStandardInput } from "./standard-input.js";
import { zoneShown } from "../../operations/zone-shown.js";

/** Runs an operation's command as its command line says. @returns the exit code */
export async function runOperationCommand(
  entry: OperationEntry,
  command: Command,
  { registry: ownRegistry, prompter }: Pick<ProgramContext, "registry" | "prompter">,
): Promise<number> {
  const flags = command.opts<OperationFlags>();
  const operation = await entry.load();
  const fields = inputFields(operation.input);
  try {
    const registry = ownRegistry ?? getRegistry();
    const spelled = inputOf(command, fields, entry);
    const fromInput = fields.find(({ name }) => name === entry.fromStdin);
    const input = parseInput(operation, await withStandardInput(spelled, fromInput));
    const client = clientFor(registry, entry, flags);
    const call = { client, ...given({ timeoutMs: flags.timeout && flags.timeout * 1000 }) };
    let zone: Promise<string> | undefined; // a preview and the result are shown in the same one
    const timeZone = (): Promise<string> =>
      (zone ??= zoneShown(call, input, registry.getCredentialManager(given({ endpoints: flags.sandbox }))));
    const showing = { entry, flags, profile: client.userId, timeZone };
    try {
      const running = { operation, input, call, showing, flags, prompter };
      return await (entry.effect === "read" ? runRead(running) : runWrite(running));
    } finally {
      await client.close();
    }
  } catch (error) {
    const flagOfField = Object.fromEntries(fields.map(({ name }) => [name, flagOf(name, entry)]));
    throw inFlags(error, { ...flagOfCallOption, ...flagOfField });
  }
}

function clientFor(
  registry: IntegrationRegistry,
  entry: OperationEntry,
  { service, profile, sandbox, verbose }: OperationFlags,
): ClientOfKind[keyof ClientOfKind] {
  const name = serviceFor(registry, entry, service);
  const options = given({ userId: profile, endpoints: sandbox, logger: verbose ? verboseLogger() : undefined });
  return entry.kind === "email" ? registry.getEmailClient(name, options) : registry.getCalendarClient(name, options);
}
