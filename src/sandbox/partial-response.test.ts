import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { alice, calendarWorld } from "../../test/support/calendar-world.js";
import { gmailClient, refusal } from "../../test/support/google-clients.js";
import { answerType, type AnswerType } from "./answer-fields.js";
import { calendarAnswers } from "./calendar/answers.js";
import { calendarRoutes } from "./calendar/routes.js";
import { gmailAnswers } from "./gmail/answers.js";
import { gmailRoutes } from "./gmail/routes.js";

const calendarId = "primary";

describe("a fields mask", () => {
  it("that names what the answer cannot have is refused in Calendar's words", async () => {
    await using w = await calendarWorld();
    const list = (fields: string) => w.events(alice).list({ calendarId, fields });
    for (const [fields, name] of [
      ["pageToken,items(id)", "pageToken"],
      ["items(id,organiser(email))", "organiser"],
      ["items/id/length", "length"],
      ["items.id", "items.id"],
      ["items(constructor)", "constructor"],
    ]) {
      await expect(list(fields ?? "")).rejects.toMatchObject({
        ...refusal(400, "invalidParameter"),
        message: `Invalid field selection ${name}`,
      });
    }
    await list("kind,items(id,extendedProperties/private/anything,*/self)");
  });

  it("that names what the answer cannot have is refused in Gmail's words, with the path", async () => {
    await using w = await calendarWorld();
    const list = (fields: string) => gmailClient(w.sandbox, alice).users.messages.list({ userId: "me", fields });
    await expect(list("messages(id,payload/headers/nome)")).rejects.toMatchObject({
      response: {
        status: 400,
        data: {
          error: {
            status: "INVALID_ARGUMENT",
            details: [
              {
                fieldViolations: [
                  { description: expect.stringContaining("'messages.payload.headers.nome'") as string },
                ],
              },
            ],
          },
        },
      },
    });
    await list("messages.id,nextPageToken");
  });

  it("that is wrong is found before anything is written", async () => {
    await using w = await calendarWorld();
    const times = { start: { date: "2026-11-24" }, end: { date: "2026-11-25" } };
    for (const fields of ["id,", "nothing"]) {
      await expect(w.insert({ ...times, id: "unwanted01" }, { fields })).rejects.toMatchObject({ status: 400 });
    }
    await expect(w.copy(alice, "unwanted01")).rejects.toMatchObject({ status: 404 });
  });

  it("may be deep, but not deeper than any answer", async () => {
    await using w = await calendarWorld();
    const get = (fields: string) => w.raw("GET", `?fields=${fields}`);
    for (const fields of ["a(".repeat(7000), "a/".repeat(7000), "(".repeat(7000)]) {
      expect((await get(fields)).status).toBe(400);
    }
    const parts = `payload/${"parts/".repeat(50)}filename`;
    await gmailClient(w.sandbox, alice).users.messages.list({ userId: "me", fields: `messages/${parts}` });
  });
});

describe.each([
  ["Gmail", "@googleapis/gmail/build/v1.js", gmailAnswers, gmailRoutes],
  ["Calendar", "@googleapis/calendar/build/v3.js", calendarAnswers, calendarRoutes],
] as const)("the fields of %s's answers", (_, file, answers, routes) => {
  const types = readFileSync(
    createRequire(import.meta.url)
      .resolve(file)
      .replace(/js$/, "d.ts"),
    "utf8",
  );

  it.each(routes.map(({ name }) => name))("are for %s those that Google's client declares", (name) => {
    const parts = name
      .split(".")
      .slice(1)
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase());
    const call = `(params?: Params$Resource$${parts.join("$")}, options?: MethodOptions): Promise<`;
    const answer =
      types
        .slice(types.indexOf(call) + call.length)
        .split(">", 1)[0]
        ?.split("<")[1] ?? "";
    const type = answerType(answers, name);
    if (answer.startsWith("Schema$")) compare(type ?? "value", declaration(answer), new Set([answer]));
    else expect([answer, type]).toEqual(["void", undefined]);
  });

  const declaration = (name: string): string => {
    const begin = types.indexOf(`export interface ${name} {`);
    return types.slice(begin, types.indexOf("\n    }", begin)).replace(/^ {4}/gm, "");
  };

  /** @param text - the fields of a type, each four characters from the left with what is in them further to the right */
  const compare = (type: AnswerType | "value", text: string, seen: Set<string>): void => {
    const fields = [...text.matchAll(/^ {4}(?:'?(\w+)'?\??|\[key: string\]): (?:([^{\n]+);|\{([^]*?)^ {4}\})/gm)];
    const names = fields.map(([, name]) => name ?? "*");
    expect(type === "value" ? "value" : type.names).toEqual(names);
    if (type === "value") return;
    for (const [, name = "*", declared = "", inline] of fields) {
      const inner = type.field(name) ?? "value";
      const [schema] = /Schema\$\w+/.exec(declared) ?? [];
      if (inline !== undefined) compare(inner, inline.replace(/^ {4}/gm, ""), seen);
      else if (schema === undefined) expect(inner, name).toBe("value");
      else if (!seen.has(schema)) compare(inner, declaration(schema), seen.add(schema));
    }
  };
});
