import { isIntegrationError } from "../../../core/errors.js";

/** Whether a call failed because what it asked for is gone. */
export function isGone(error: unknown): boolean {
  return isIntegrationError(error, "request.not_found");
}

/** What a call gives, or undefined when what it asks for is gone: then it is no longer part of a list. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
