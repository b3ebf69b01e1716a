import { mkdir } from "node:fs/promises";
import * as v from "valibot";
import { integrationError } from "../../core/errors.js";
import type { Attachment } from "../../email/models.js";
import { optionsOfMany } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { folder, list, optional } from "../fields.js";
import { mailId } from "./fields.js";
import { attachment } from "./schemas.js";

/** A file of a mail that was written to this machine. */
interface SavedAttachment {
  /** The attachment's id. */
  id: string;
  /** The absolute path of the new file. */
  path: string;
}

const saved = v.object({ id: v.string(), path: v.string() } satisfies Record<keyof SavedAttachment, v.GenericSchema>);

/** The files of a mail; with a folder, they are written there. */
export const attachments: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({
    id: mailId,
    save: optional(folder("a folder on this machine to write the files into; made if it is not there")),
    only: optional(list("ids of the attachments to save; default: all")),
  }),
  output: v.object({ attachments: v.array(attachment), saved: v.exactOptional(v.array(saved)) }),
  async run(call, { id: mail, save, only }) {
    if (only && save === undefined) {
      throw integrationError("request.invalid", {
        message: "It is said which files to save, but not where.",
        hint: "Give save as well, with the folder that they are written into.",
        details: { field: "save" },
      });
    }
    const { options, end } = optionsOfMany(call);
    try {
      const { attachments: files = [] } = await call.client.getEmail(mail, options);
      if (save === undefined) return { attachments: files };
      await mkdir(save, { recursive: true, mode: 0o700 }).catch(() => undefined); // what is in the way, saving tells
      const write = (file: string): Promise<string> => call.client.saveAttachment(mail, file, save, options);
      return { attachments: files, saved: await saveFiles(chosen(files, only), write, call.stop) };
    } finally {
      end();
    }
  },
});

/** One after the other, so that it can be stopped between two. */
async function saveFiles(
  files: readonly string[],
  write: (file: string) => Promise<string>,
  stop: AbortSignal | undefined,
): Promise<SavedAttachment[]> {
  const done: SavedAttachment[] = [];
  for (const file of files) {
    if (stop?.aborted === true) break;
    done.push({ id: file, path: await write(file) });
  }
  return done;
}

/** @throws RequestError `request.not_found` before anything is saved */
function chosen(files: readonly Attachment[], only: readonly string[] | undefined): string[] {
  const known = files.map((file) => file.id);
  const missing = only?.find((each) => !known.includes(each));
  if (missing === undefined) return only ? [...new Set(only)] : known;
  throw integrationError("request.not_found", {
    message: `The mail has no attachment "${missing}".`,
    hint: known.length === 0 ? "It has none at all." : `Use one of: ${known.join(", ")}; nothing was saved.`,
    details: { field: "only" },
  });
}
