import type { RequestHead } from "./exchange.js";
import type { Faults } from "./faults.js";
import { withoutSecrets, type RequestLog } from "./request-log.js";
import { answerWithFault, type Answer, type Target } from "./target.js";
import type { World } from "./world.js";

/** What requests are answered with. */
export interface AnswerContext {
  readonly world: World;
  readonly faults: Faults;
  readonly log: RequestLog;
}

/** A request whose purpose is known and whose body may not be read yet. */
export interface KnownRequest {
  readonly head: RequestHead;
  readonly target: Target;
  /** @returns the answer to a body that nobody reads, such as one that is too large */
  readonly readBody: () => Promise<Buffer | Answer> | Buffer;
  /** Whether it is a part of a batch. */
  readonly inBatch?: boolean;
}

/** Answers a request with what its fault leaves of the answer, and notes it in the log. */
export async function answerRequest(
  { world, faults, log }: AnswerContext,
  { head, target, readBody, inBatch = false }: KnownRequest,
): Promise<Answer> {
  const fault = faults.take(target.name, target.user);
  const body = fault?.beforeBody ? Buffer.alloc(0) : await readBody();
  const answer = Buffer.isBuffer(body) ? await answerWithFault(target, fault, body) : body;
  const { outgoing, delivery } = answer;
  log.add({
    at: world.clock.now(),
    method: target.name,
    httpMethod: head.httpMethod,
    path: withoutSecrets(head.url),
    user: answer.user ?? target.user,
    status: delivery === "reset" || delivery === "hang" ? 0 : outgoing.status,
    units: answer.units ?? 0,
    ...(answer.scope !== undefined && { scope: answer.scope }),
    ...(answer.fault !== undefined && { fault: answer.fault }),
    ...(answer.defect !== undefined && { defect: answer.defect }),
    ...(inBatch && { inBatch }),
  });
  return answer;
}
