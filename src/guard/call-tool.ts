import { commitPlan } from "./commit-plan.js";
import { failure } from "./failure.js";
import type { GuardCall, GuardResult } from "./guard.js";
import { planWrite } from "./plan-write.js";
import { goOn, runRead } from "./run-read.js";
import type { Session } from "./session.js";
import { parseToolCall } from "./toolset/parse-call.js";

/** Calls a tool for an assistant. What it did wrong, and what a service refuses, is a result that says so. */
export async function callTool(session: Session, name: string, args: unknown, call: GuardCall): Promise<GuardResult> {
  try {
    const asked = await parseToolCall(name, args, session.parts.toolset);
    switch (asked.kind) {
      case "commit":
        return await commitPlan(session, asked, call);
      case "continue":
        return await goOn(session, asked, call);
      case "operation":
        return await (asked.entry.effect === "read" ? runRead : planWrite)(session, asked, call);
    }
  } catch (error) {
    return failure(session, error, call.signal);
  }
}
