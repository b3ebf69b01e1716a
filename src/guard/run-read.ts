import type { ErrorCode } from "../core/error-table.js";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { given } from "../core/given.js";
import type { Operation } from "../operations/operation.js";
import type { AuditStep } from "./audit/entry.js";
import { auditFacts } from "./audit-facts.js";
import { confinedInput } from "./confined-input.js";
import type { GuardCall, GuardResult } from "./guard.js";
import type { Session } from "./session.js";
import { shownDigest, shownOutput } from "./shown-result.js";
import type { ContinueToolCall, OperationToolCall } from "./toolset/parse-call.js";

/** A read is given up after so long: an assistant waits for it. */
const longestReadMs = 120_000;

/** Reads something, notes it, and gives it within its budget. */
export async function runRead(session: Session, asked: OperationToolCall, { signal }: GuardCall): Promise<GuardResult> {
  const { entry, operation, profile, budget } = asked;
  const client = session.clientFor(entry, profile, asked.service);
  const { input } = await confinedInput(session.parts.policy, operation, withPageSize(operation, asked));
  const reading = operation.run({ client, timeoutMs: longestReadMs, ...(signal && { signal }) }, input);
  const output = await reading.catch(async (error: unknown) => {
    if (isIntegrationError(error)) await note(session, asked, client.service, "failed", error.code);
    throw error;
  });
  await note(session, asked, client.service, "read");
  return shownOutput(session, output, client, {
    ...{ profile, service: client.service, operation: entry.name, input: asked.input, budget },
  });
}

/** Goes on where an earlier result ended: with what is left of it here, or with the service's next page. */
export async function goOn(session: Session, asked: ContinueToolCall, call: GuardCall): Promise<GuardResult> {
  const { profile, entry, cursor, budget } = asked;
  const known = session.continuations.find(cursor);
  if (known?.of.profile !== profile || known.of.operation !== entry.name) {
    throw integrationError("request.invalid", {
      message: `There is no cursor "${cursor}" of this profile and action in this session any more.`,
      hint: "Use a cursor of the same profile, tool and action, or read from the beginning.",
      details: { field: "cursor" },
    });
  }
  const { of, remainder } = known;
  if ("digest" in remainder.rest) return shownDigest(session, remainder.rest.digest, { ...of, budget });
  const input = { ...of.input, cursor: remainder.rest.next };
  const operation = await entry.load();
  return runRead(session, { kind: "operation", profile, entry, operation, budget, service: of.service, input }, call);
}

/** Pages hold about what the budget can show, where more can be asked for: what nobody sees is not read. */
function withPageSize(operation: Operation, { input, budget }: OperationToolCall): OperationToolCall["input"] {
  const isPaged = "cursor" in operation.input.entries && "limit" in operation.input.entries;
  return isPaged && input["limit"] === undefined ? { ...input, limit: Math.ceil(budget / tokensOfItem) } : input;
}

/** A mail or event of a list takes about so many tokens at least. */
const tokensOfItem = 60;

async function note(
  session: Session,
  { profile, entry, input }: OperationToolCall,
  service: string,
  step: Extract<AuditStep, "read" | "failed">,
  error?: ErrorCode,
): Promise<void> {
  const { tool, name: operation, effect } = entry;
  const call = { profile, account: session.accountOf(profile, service), tool, operation, effect, input };
  await session.parts.audit.append({ ...auditFacts(session, call), step, ...given({ error }) });
}
