import assert from "node:assert/strict";

/** That a value has at least what the other shows: objects may have more fields, lists may not have more items. */
export function shows(actual: unknown, shape: unknown): void {
  assert.deepEqual(narrowed(actual, shape), shape);
}

/** That Google's client is refused so. */
export async function refused(call: Promise<unknown>, code: number, reason: string, message?: RegExp): Promise<void> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  shows(error, { response: { status: code, data: { error: { code, errors: [{ reason }] } } } });
  if (message) assert.match((error as Error).message, message);
}

/** What is in a value under the names that the shape has. */
function narrowed(actual: unknown, shape: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(shape)) {
    return (actual as unknown[]).map((item, index) => (index in shape ? narrowed(item, shape[index]) : item));
  }
  if (!isRecord(actual) || !isRecord(shape)) return actual;
  return Object.fromEntries(
    Object.entries(shape)
      .filter(([name]) => name in actual)
      .map(([name, part]) => [name, narrowed(actual[name], part)]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
