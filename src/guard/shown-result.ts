import { given } from "../core/given.js";
import { printableJson } from "../core/printable.js";
import type { GuardResult } from "./guard.js";
import type { AskedFor } from "./results/continuations.js";
import { digestOf } from "./results/digest-of.js";
import type { Digest, Facts } from "./results/digest.js";
import { fit } from "./results/fit.js";
import type { AnyClient, Session } from "./session.js";
import { createFence } from "./untrusted/fence.js";

/** What a result is of. */
export interface Shown extends AskedFor {
  /** Tokens that it may take at most. */
  readonly budget: number;
  /** Whether all of its text is the assistant's own, though it is fenced as outside text is. Default false. */
  readonly ownText?: boolean;
  /** What it tells before everything else. */
  readonly facts?: Facts;
}

/** What an operation gave, as a result within its budget; what does not fit can be asked for. */
export async function shownOutput(
  session: Session,
  output: unknown,
  client: AnyClient,
  of: Shown,
): Promise<GuardResult> {
  const { clock } = session.parts;
  const timeZone = await session.zoneOf(client, of.input);
  return shownDigest(
    session,
    await digestOf(output, { timeZone, clock, account: session.accountOf(of.profile, of.service) }),
    { ...of, timeZone },
  );
}

/** A digest as a result within its budget. That it holds outside text is noted. */
export function shownDigest(session: Session, digest: Digest, of: Shown): GuardResult {
  const { profile, service, operation, input, budget, timeZone, facts, ownText = false } = of;
  const account = session.accountOf(profile, service);
  const fence = createFence();
  const { body, outside } = fit(digest, {
    budget,
    fence: ownText ? { ...fence, note: fence.ownNote } : fence,
    envelope: { profile, ...(account !== "" && { account }), ...given({ timeZone }), ...facts },
    keep: (remainder) =>
      session.continuations.keep({ profile, service, operation, input, ...given({ timeZone }) }, remainder),
  });
  if (outside && !ownText) session.taint();
  return { kind: "result", isError: false, text: printableJson(body) };
}
