import { randomBytes } from "node:crypto";
import { integrationError } from "../../../core/errors.js";
import type { ComposedMail } from "../../../email/compose/compose.js";
import type { Media } from "../http.js";

/**
 * A mail and what Gmail is told about it, as one body that is made while it is sent.
 *
 * @see https://developers.google.com/workspace/gmail/api/guides/uploads#multipart
 */
export function uploadBody(mail: ComposedMail | undefined, facts: object): Media {
  if (!mail) throw integrationError("request.not_found", { message: "The draft is not there any more." });
  const boundary = randomBytes(16).toString("hex");
  const part = (type: string): string => `--${boundary}\r\ncontent-type: ${type}\r\n\r\n`;
  const before = Buffer.from(
    `${part("application/json; charset=utf-8")}${JSON.stringify(facts)}\r\n${part("message/rfc822")}`,
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/related; boundary=${boundary}`,
    sizeBytes: before.byteLength + mail.sizeBytes + after.byteLength,
    async *open() {
      yield before;
      yield* mail.open();
      yield after;
    },
  };
}
