import { describe, expect, it } from "vitest";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { operations } from "../../operations/index.js";
import { inputFields } from "../../operations/input-fields.js";
import { toolNames, type OperationEntry } from "../../operations/operation.js";
import { fieldWords, wordsOfAll } from "./field-words.js";
import {
  actionName,
  permittedTools,
  type PermittedProfile,
  type ToolAction,
  type ToolsetOptions,
} from "./permitted-tools.js";
import type { ToolDefinition } from "./tool-definition.js";
import { toolDefinitions } from "./tool-definitions.js";
import { fieldType, toolProperties } from "./tool-properties.js";

function profile(name: string, permits: (entry: OperationEntry) => boolean = () => true): PermittedProfile {
  return { profile: name, services: { email: ["google_gmail"], calendar: ["google_calendar"] }, permits };
}

const reads = ({ effect }: OperationEntry): boolean => effect === "read";
const everything: ToolsetOptions = { permitted: [profile("work"), profile("private")], files: true };

async function definitionsByName(options: ToolsetOptions): Promise<Record<string, ToolDefinition>> {
  return Object.fromEntries(toolDefinitions(options).map((tool) => [tool.name, tool]));
}

function propertiesOf(tool: ToolDefinition | undefined): ToolDefinition["inputSchema"]["properties"] {
  return tool?.inputSchema.properties ?? {};
}

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("toolDefinitions", () => {
  it("are at most twelve tools and 3,000 tokens for two profiles that may do everything", async () => {
    const tools = toolDefinitions(everything);
    const shown = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    expect(tools.map(({ name }) => name)).toEqual([...toolNames, "commit"]);
    expect(encode(JSON.stringify(shown)).length).toBeLessThan(3_000);
  });

  it("reach every operation of the table with all of its fields, in their own types", async () => {
    const tools = await definitionsByName(everything);
    for (const entry of operations) {
      const properties = propertiesOf(tools[entry.tool]);
      expect(properties["action"]?.enum).toContain(actionName(entry));
      for (const field of inputFields((await entry.load()).input)) {
        if (field.name === "idempotencyKey") expect(properties).not.toHaveProperty(field.name);
        else expect(properties[field.name]).toMatchObject(fieldType(field));
      }
    }
  });

  it("say of each action which fields it cannot do without", async () => {
    const tools = await definitionsByName(everything);
    expect(tools["email_organize"]?.description).toContain("folder.rename(folder, name): ");
    expect(tools["calendar_respond"]?.description).toMatch(/^respond\(id, answer, .*\npropose\(id, start, end, /);
    expect(tools["calendar_respond"]?.inputSchema.required).toEqual(["profile", "action", "id"]);
    expect(tools["calendar_read"]?.inputSchema.required).toEqual(["profile", "action"]);
  });

  it("ask for the profile in every tool, among those for which it can do anything", async () => {
    const tools = await definitionsByName({ ...everything, permitted: [profile("work"), profile("private", reads)] });
    for (const { name, inputSchema } of Object.values(tools)) {
      const writes = /compose|organize|respond|commit/.test(name);
      expect(inputSchema.required).toContain("profile");
      expect(inputSchema.properties["profile"]).toEqual({
        type: "string",
        enum: writes ? ["work"] : ["work", "private"],
      });
    }
  });

  it("leave out what nobody permits, and the commit with the last write", async () => {
    const tools = await definitionsByName({ permitted: [profile("work", reads)], files: false });
    expect(Object.keys(tools)).toEqual(toolNames.filter((name) => /find|read|times/.test(name)));
    expect(Object.values(tools).every(({ readOnly, destructive }) => readOnly && !destructive)).toBe(true);
    expect(toolDefinitions({ permitted: [], files: true })).toEqual([]);
  });

  it("ask for no action where a tool has a single one left", async () => {
    const permits = ({ name }: OperationEntry): boolean => name === "email.reply";
    const [compose] = toolDefinitions({ permitted: [profile("work", permits)], files: true });
    expect(propertiesOf(compose)).not.toHaveProperty("action");
    expect(compose?.inputSchema.required).toEqual(["profile", "id"]);
  });

  it("take no paths where no files are touched", async () => {
    const tools = await definitionsByName({ ...everything, files: false });
    expect(propertiesOf(tools["email_read"])).not.toHaveProperty("save");
    expect(propertiesOf(tools["email_compose"])).not.toHaveProperty("attachments");
    expect(tools["email_read"]?.readOnly).toBe(true);
    expect((await definitionsByName(everything))["email_read"]?.readOnly).toBe(false);
  });

  it("ask for a service only where a profile has several of that kind, and do nothing where it has none", async () => {
    const two = { ...profile("work"), services: { email: ["google_gmail", "acme_mail"], calendar: [] } };
    const tools = await definitionsByName({ permitted: [two, profile("private")], files: true });
    expect(propertiesOf(tools["email_find"])["service"]).toEqual({
      type: "string",
      enum: ["google_gmail", "acme_mail"],
    });
    expect(propertiesOf(tools["calendar_find"])).not.toHaveProperty("service");
    expect(propertiesOf(tools["calendar_find"])["profile"]?.enum).toEqual(["private"]);
  });

  it("have a budget and a cursor in all that reads, and nowhere else", async () => {
    for (const tool of toolDefinitions(everything)) {
      const has = Object.keys(propertiesOf(tool)).filter((name) => name === "budget" || name === "cursor");
      expect(has).toEqual(/find|read|times/.test(tool.name) ? ["cursor", "budget"] : []);
    }
  });

  it("cannot be made of operations that mean different things by a name", async () => {
    const [tool] = permittedTools(everything);
    const [one] = tool?.actions ?? [];
    if (!tool || !one) throw new Error("there is no tool");
    const field = {
      name: "size",
      description: "",
      required: false,
      list: false,
      holds: undefined,
      initially: undefined,
    };
    const sized = (kind: "text" | "number"): ToolAction => ({ ...one, fields: [{ ...field, value: { kind } }] });
    const refusal = { code: "config.invalid", details: { tool: "email_find", field: "size" } };
    expect(thrownBy(() => toolProperties({ ...tool, actions: [sized("text"), sized("number")] }))).toMatchObject(
      refusal,
    );
    expect(toolProperties({ ...tool, actions: [sized("text"), sized("text")] })).toHaveProperty("size");
  });

  it("have words of their own only for fields that there are", async () => {
    const tools = await definitionsByName(everything);
    const ofAll = new Set(Object.values(tools).flatMap((tool) => Object.keys(propertiesOf(tool))));
    expect(Object.keys(wordsOfAll).filter((name) => !ofAll.has(name))).toEqual([]);
    for (const [tool, words] of Object.entries(fieldWords)) {
      expect(Object.keys(propertiesOf(tools[tool]))).toEqual(expect.arrayContaining(Object.keys(words)));
    }
  });
});
