import { integrationError } from "../../../core/errors.js";

const shape = /^[\w-]{1,200}$/;

/** The id of a mail, a conversation or a draft, as callers give it. @throws RequestError `request.invalid` */
export function requireId(id: unknown): string {
  if (typeof id === "string" && shape.test(id)) return id;
  throw integrationError("request.invalid", {
    message: "That is not the id of a mail.",
    hint: "Use the id of a mail that one of the reading methods returned.",
  });
}

/** Any number of them. @throws RequestError `request.invalid` with the place of the first that is none */
export function requireIds(ids: readonly string[]): readonly string[] {
  const wrong = ids.findIndex((id) => !shape.test(id));
  if (wrong === -1) return ids;
  throw integrationError("request.invalid", {
    message: `The id at place ${wrong} is not the id of a mail.`,
    hint: "Use ids of mails that one of the reading methods returned; nothing was changed.",
    details: { index: wrong },
  });
}
