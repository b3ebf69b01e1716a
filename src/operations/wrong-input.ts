import { integrationError, isIntegrationError } from "../core/errors.js";

/** An error that names what is wrong with an operation's input; nothing was sent. */
export function wrongInput(field: string, problem: string, hint = `Correct ${field}`): Error {
  return integrationError("request.invalid", {
    message: `${field} ${problem}.`,
    hint: `${hint} and call again; nothing was sent.`,
    details: { field },
  });
}

/**
 * What a client answers; where it refuses an input, the error names the operation's field instead of the client's.
 *
 * @param names - the operation's fields by the client's
 */
export async function inFields<T>(names: Readonly<Record<string, string>>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isIntegrationError(error, "request.invalid")) throw error;
    const named = error.details?.["field"];
    const field = typeof named === "string" ? names[named.split(".")[0] ?? named] : undefined;
    if (field === undefined) throw error;
    const { message, hint, service, profile, operation } = error;
    throw integrationError(error.code, {
      ...{ message: `${field}: ${message}`, hint, service, profile, operation },
      ...{ details: { ...error.details, field }, cause: error },
    });
  }
}
