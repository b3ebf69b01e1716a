import * as v from "valibot";
import { optionsOf } from "../call-options.js";
import { defineOperation, type Operation } from "../operation.js";
import { deletedOne } from "./deleted.js";
import { name } from "../fields.js";
import { folder as folderModel } from "./schemas.js";

const oneFolder = v.object({ folder: folderModel });
const folder = name("the folder or label, by name or id");

/** All folders and labels. */
export const listFolders: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({}),
  output: v.object({ folders: v.array(folderModel) }),
  run: async ({ client, ...call }) => ({ folders: await client.listFolders(optionsOf(call)) }),
});

/** Makes a folder. */
export const createFolder: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ name: name("its name; a slash makes it a folder inside another: Projects/Apollo") }),
  output: oneFolder,
  run: async ({ client, ...call }, { name }) => ({ folder: await client.createFolder(name, optionsOf(call)) }),
  preview: ({ client, ...call }, { name }) => client.createFolder(name, { ...optionsOf(call), dryRun: true }),
});

/** Gives a folder another name. */
export const renameFolder: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ folder, name: name("its new name") }),
  output: oneFolder,
  run: async ({ client, ...call }, input) => ({
    folder: await client.renameFolder(input.folder, input.name, optionsOf(call)),
  }),
  preview: ({ client, ...call }, input) =>
    client.renameFolder(input.folder, input.name, { ...optionsOf(call), dryRun: true }),
});

/** Deletes a folder; its mails stay. */
export const deleteFolder: Operation<"email"> = defineOperation({
  kind: "email",
  input: v.strictObject({ folder }),
  output: deletedOne,
  async run({ client, ...call }, input) {
    await client.deleteFolder(input.folder, optionsOf(call));
    return { deleted: input.folder };
  },
  preview: ({ client, ...call }, input) => client.deleteFolder(input.folder, { ...optionsOf(call), dryRun: true }),
});
