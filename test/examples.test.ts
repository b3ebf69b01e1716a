import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { text } from "node:stream/consumers";
import OpenAI from "openai";
import { agenda } from "../examples/agenda.js";
import { answerInvitations } from "../examples/answer-invitations.js";
import { answerMailInvitation } from "../examples/answer-mail-invitation.js";
import { dailySummary } from "../examples/daily-summary.js";
import { followChanges } from "../examples/follow-changes.js";
import { bookMeeting } from "../examples/book-meeting.js";
import { findSlot } from "../examples/find-slot.js";
import { beginSignIn, completeSignIn } from "../examples/own-web-server.js";
import { readMail } from "../examples/read-mail.js";
import { replyToThread } from "../examples/reply-to-thread.js";
import { signedInSandbox } from "../examples/sandbox-in-a-test.js";
import { saveAttachments } from "../examples/save-attachments.js";
import { assistant } from "../examples/assistant.js";
import { askForWeather, withWeather, type WeatherClient } from "../examples/third-party-provider.js";
import { IntegrationConfig, runCli, runSetup, type Prompter } from "../src/index.js";
import { capturedOutput } from "./support/captured-output.js";

describe("the examples", () => {
  let world: Awaited<ReturnType<typeof signedInSandbox>>;
  beforeAll(async () => {
    world = await signedInSandbox();
  });
  afterAll(() => world.close());

  it("read mail", async () => {
    const lines = await readMail(world.options);
    expect(lines[0]).toBe("alice@example.com: 11 unread");
    expect(lines).toContainEqual(expect.stringContaining("Harbour boards: which blue?"));
    expect(lines).toContainEqual(expect.stringContaining("figures-q3.csv, figures-q3.pdf"));
  });

  it("sum up a day", async () => {
    const lines = await dailySummary(world.options);
    expect(lines[0]).toMatch(/^alice@example.com: \d+ mails today, 11 unread in all$/);
    expect(lines.filter((line) => line.startsWith("!")).length).toBeGreaterThan(0);
  });

  it("save attachments, beside those of the run before", async () => {
    const folder = await mkdtemp(join(tmpdir(), "maigic-saved-"));
    try {
      const [first, second] = [
        await saveAttachments(folder, world.options),
        await saveAttachments(folder, world.options),
      ];
      expect(first.length).toBeGreaterThan(0);
      expect((await readdir(folder)).length).toBe(first.length + second.length);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("reply to a conversation once", async () => {
    const reply = () => replyToThread('subject:"which blue"', "The darker one.", world.options);
    const sent = () => world.sandbox.findRequests({ method: "gmail.users.drafts.send" }).length;
    const said = await reply();
    expect(said).toMatch(/^sent to .*@example.com/);
    expect([await reply(), sent()]).toEqual([said, 1]);
  });

  it("follow changes", async () => {
    const first = await followChanges({ unread: {} }, world.options);
    expect(Object.keys(first.unread).length).toBeGreaterThan(0);
    const second = await followChanges(first, world.options);
    expect(second.unread).toEqual(first.unread);
    world.sandbox.expireHistory("alice@example.com");
    expect((await followChanges(second, world.options)).unread).toEqual(first.unread);
  });

  it("answer invitations", async () => {
    expect(await answerInvitations(world.options)).toEqual(["Harbour signage: second review: accepted"]);
    expect(await answerInvitations(world.options)).toEqual([]);
  });

  it("give today's agenda", async () => {
    await bookMeeting({ title: "Tea", start: "today 23:00", durationMinutes: 30 }, world.options);
    const lines = await agenda(world.options);
    expect(lines).toContain("23:00-23:30  Tea  [Alice Moreau]");
    expect(lines.every((line) => /^(\d\d:\d\d-\d\d:\d\d|all day    )  /.test(line))).toBe(true);
  });

  it("book a meeting unless something is in its way", async () => {
    const event = { title: "Boards", start: "2037-03-02T10:00", durationMinutes: 30, attendees: ["bob@example.com"] };
    const book = (title: string) => bookMeeting({ ...event, title }, world.options);
    expect(await book("Boards")).toEqual(["booked: Boards, told: bob@example.com"]);
    expect(await book("Boards")).toEqual(["booked: Boards, told: bob@example.com"]);
    const clashes = await book("Blues");
    expect(clashes.map((line) => line.split(":")[0])).toEqual(["double_booking", "attendee_busy"]);
  });

  it("find a slot for three people in three zones", async () => {
    const lines = await findSlot(["bob@example.com", "carol@example.com"], world.options);
    const hours = lines.slice(0, 3).map((line) => Number(/T(\d\d)/.exec(line)?.[1]));
    expect(lines[0]).toMatch(/^me: .*\(Europe\/Berlin\)$/);
    expect(lines[2]).toMatch(/^carol@example.com: .*\(Asia\/Tokyo\)$/);
    const working = [
      [9, 17],
      [7, 18],
      [9, 23],
    ];
    expect(
      hours.every((hour, index) => hour >= Number(working[index]?.[0]) && hour < Number(working[index]?.[1])),
    ).toBe(true);
    expect(lines).toContain("Everybody required is free.");
  });

  it("answer the invitation in a mail", async () => {
    const answer = (search: string) => answerMailInvitation(search, "tentative", world.options);
    expect(await answer("from:calendar-notification filename:ics")).toBe("Harbour signage: second review: tentative");
    expect(await answer("subject:nowhere")).toBe("no mail with an invitation");
  });

  it("sign somebody in from a web server of one's own", async () => {
    const { credentials } = world.options;
    if (!credentials) throw new TypeError("the example gives its credential manager");
    const redirectUri = "http://127.0.0.1:8977/oauth";
    const url = await beginSignIn(credentials, "bob", redirectUri);
    const callback = await world.sandbox.approve(url, { user: "bob@example.com" });
    expect(await completeSignIn(credentials, "bob", callback)).toBe("bob@example.com: ready");
  });

  it("let a language model work, with a plain SDK", async () => {
    const turns: unknown[] = [];
    const find = { profile: "default", action: "search", query: "subject:boards" };
    const says = [
      {
        tool_calls: [
          { id: "call1", type: "function", function: { name: "email_find", arguments: JSON.stringify(find) } },
        ],
      },
      { content: "They ask which blue." },
    ];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const message = { role: "assistant", content: null, ...says[turns.length] };
        turns.push(JSON.parse(body));
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ id: "1", object: "chat.completion", choices: [{ index: 0, message }] }));
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const llm = new OpenAI({ baseURL, apiKey: "none" });
    try {
      expect(await assistant("What about the boards?", llm, "any", world.options)).toBe("They ask which blue.");
    } finally {
      server.close();
    }
    expect(turns).toMatchObject([
      {
        tools: expect.arrayContaining([
          { type: "function", function: expect.objectContaining({ name: "email_find" }) as unknown },
        ]) as unknown,
      },
      {
        messages: expect.arrayContaining([
          { role: "tool", tool_call_id: "call1", content: expect.stringContaining("which blue") as unknown },
        ]) as unknown,
      },
    ]);
  });

  describe("a provider of one's own", () => {
    const keys: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      const key = request.headers["x-api-key"];
      keys.push(typeof key === "string" ? key : undefined);
      response.statusCode = key === "wx-1234-secret" ? 200 : 401;
      response.end(JSON.stringify({ weather: "sunny" }));
    });
    let origin = "";
    let folder = "";
    beforeAll(async () => {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      folder = await mkdtemp(join(tmpdir(), "maigic-weather-"));
    });
    afterAll(async () => {
      server.close();
      await rm(folder, { recursive: true, force: true });
    });
    const registryOf = (name: string) => {
      const places = { credentialsDir: join(folder, name, "credentials"), configDir: join(folder, name, "config") };
      return withWeather(IntegrationConfig.fromEnv(places, { env: {}, workingDir: folder }), origin);
    };
    /** Somebody who types one answer. */
    const person = (answer: string): Prompter & { readonly asked: unknown[]; readonly said: string[] } => {
      const asked: unknown[] = [];
      const said: string[] = [];
      return {
        asked,
        said,
        interactive: true,
        say: (message) => void said.push(message),
        choose: (_, [first]) => Promise.resolve(first?.value ?? ""),
        chooseSeveral: () => Promise.resolve([]),
        confirm: () => Promise.resolve(false),
        showAddress: (url) => Promise.resolve(void said.push(url)),
        during: (_, work) => work(),
        ask: (question, options) => {
          asked.push([question, options]);
          return Promise.resolve(answer);
        },
      };
    };

    it("is registered, listed and called", async () => {
      const registry = registryOf("called");
      expect(registry.getProviderInfo("weather")).toMatchObject({ name: "example_weather", enabled: true });
      expect(await askForWeather(registry, "wx-1234-secret")).toBe("Lisbon: sunny");
      const listed = await registry.listUserIntegrations("ann");
      expect(listed["example_weather"]).toMatchObject({ state: "ready", available: true });
    });

    it("is set up: the key is asked for without being shown, tried out, and kept sealed", async () => {
      const registry = registryOf("set-up");
      const typing = person(" wx-1234-secret ");
      const { connected } = await runSetup({ registry, prompter: typing, services: ["weather"], userId: "work" });
      expect(connected).toMatchObject([{ service: "example_weather", userId: "work", state: "ready", enabled: true }]);
      expect(typing.asked).toMatchObject([["API key of Example Weather", { secret: true }]]);
      expect(typing.said.join()).toContain("https://weather.example/account");
      expect(keys.at(-1)).toBe("wx-1234-secret");
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      const texts = await Promise.all(
        files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "utf8")),
      );
      expect(texts.length).toBeGreaterThan(2);
      expect(texts.join()).not.toContain("wx-1234");
    });

    it("has its lines in --list and --test", async () => {
      const registry = registryOf("listed");
      const cli = (...args: string[]) =>
        capturedOutput(() => runCli(args, { registry, program: "maigic-integrations-setup" }));
      await runSetup({ registry, prompter: person("wx-1234-secret"), services: ["weather"] });
      expect((await cli("--list")).stdout).toMatch(/example_weather +default +ready +yes/);
      const tested = await cli("--test", "--service", "weather");
      expect(tested).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/example_weather +default +- +Connect +ok/) as string,
      });
      await registry.getCredentialManager().storeCredentials("weather", { apiKey: "wrong" });
      expect(await cli("--test", "--json")).toMatchObject({ code: 33 });
    });

    it("says so when the key is wrong or missing", async () => {
      const registry = registryOf("wrong");
      const setUp = (answer: string, userId?: string) =>
        runSetup({
          registry,
          prompter: person(answer),
          services: ["weather"],
          ...(userId !== undefined && { userId }),
        });
      const { connected } = await setUp("wrong"); // asked whether to enter it again, this person says no
      expect(connected).toMatchObject([{ checks: [{ ok: false, error: { code: "auth.invalid_credentials" } }] }]);
      const together = { registry, prompter: person(""), services: ["weather"], together: true };
      await expect(runSetup(together)).rejects.toMatchObject({ code: "config.invalid" });
      await expect(setUp("  ", "other")).rejects.toMatchObject({ code: "config.invalid" });
      const client = registry.createClient("weather", { userId: "nobody" }) as WeatherClient;
      await expect(client.today("Lisbon")).rejects.toMatchObject({ code: "auth.not_connected" });
    });
  });
});
