import { isIntegrationError } from "maigic-integrations";

/** How a call ended: `done`, the code of its error, or the failure that was none of ours. */
export async function ended(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    (error: unknown) => (isIntegrationError(error) ? error.code : String(error)),
  );
}
