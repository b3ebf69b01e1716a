import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { weatherProvider } from "../examples/third-party-provider.js";
import { openWorld } from "../test/support/world.js";
import type { ClientOptions } from "./client-options.js";
import { IntegrationConfig, type ConfigOverrides } from "./config.js";
import { createCalendarClient, createEmailClient, getAvailableIntegrations, getRegistry } from "./integrations.js";
import type { IntegrationProvider } from "./provider.js";

const config = (overrides: ConfigOverrides = {}, env: Record<string, string> = {}) => {
  const workingDir = mkdtempSync(join(tmpdir(), "registry-"));
  return IntegrationConfig.fromEnv({ configDir: join(workingDir, "config"), ...overrides }, { env, workingDir });
};
const enabled = { googleGmailEnabled: true, googleCalendarEnabled: true };
const thrown = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

const weather = weatherProvider();

describe("getAvailableIntegrations", () => {
  it("lists every service by name, with what keeps it from being used", () => {
    const integrations = getAvailableIntegrations(config({ googleGmailEnabled: true }));
    expect(Object.keys(integrations)).toEqual(["google_gmail", "google_calendar"]);
    expect(integrations["google_gmail"]).toMatchObject({ kind: "email", available: true, enabled: true });
    expect(integrations["google_gmail"]).not.toHaveProperty("problem");
    expect(integrations["google_calendar"]).toMatchObject({
      enabled: false,
      enableVariable: "GOOGLE_CALENDAR_ENABLED",
      problem: expect.stringContaining("GOOGLE_CALENDAR_ENABLED=true") as string,
    });
  });

  it("is not stopped by one variable that is neither true nor false", () => {
    const integrations = getAvailableIntegrations(
      config({ googleCalendarEnabled: true }, { GOOGLE_GMAIL_ENABLED: "maybe" }),
    );
    expect(integrations["google_gmail"]).toMatchObject({
      enabled: false,
      problem: expect.stringContaining("maybe") as string,
    });
    expect(integrations["google_calendar"]).toMatchObject({ enabled: true });
  });
});

describe("createEmailClient and createCalendarClient", () => {
  it("make a client without reading or loading anything", () => {
    const client = createEmailClient("google_gmail", { config: config(enabled), userId: "ann@example.com" });
    expect(client).toMatchObject({ service: "google_gmail", userId: "ann@example.com" });
    expect(createCalendarClient("calendar", { config: config(enabled) })).toMatchObject({
      service: "google_calendar",
      userId: "default",
    });
  });

  it.each([
    [
      "a service that does not exist",
      () => createEmailClient("gmial", { config: config(enabled) }),
      "config.unknown_service",
    ],
    [
      "a service of the other kind",
      () => createEmailClient("google_calendar", { config: config(enabled) }),
      "config.unknown_service",
    ],
    [
      "a service that is switched off",
      () => createEmailClient("google_gmail", { config: config() }),
      "config.disabled",
    ],
    [
      "a variable that is neither",
      () => createEmailClient("google_gmail", { config: config({}, { GOOGLE_GMAIL_ENABLED: "maybe" }) }),
      "config.invalid",
    ],
    [
      "a profile name that leads elsewhere",
      () => createEmailClient("google_gmail", { config: config(enabled), userId: "../../etc" }),
      "config.invalid_profile",
    ],
    [
      "endpoints on another machine",
      () => createEmailClient("google_gmail", { config: config(enabled), endpoints: "https://evil.example" }),
      "config.untrusted_endpoint",
    ],
    [
      "endpoints in production",
      () =>
        createEmailClient("google_gmail", {
          config: config({ ...enabled, environment: "production" }),
          endpoints: "http://127.0.0.1:1",
        }),
      "config.unsafe",
    ],
  ])("throw at once for %s", (_, create, code) => {
    expect(thrown(create)).toMatchObject({ code, hint: expect.stringMatching(/\S{3,}/) as string });
  });

  it("say what exists, and what is only switched off", () => {
    const error = thrown(() => createEmailClient("gmial", { config: config() }));
    expect(error).toMatchObject({
      hint: expect.stringContaining("google_gmail (disabled: set GOOGLE_GMAIL_ENABLED=true") as string,
    });
  });

  it("tell a profile that does not exist at the first call", async () => {
    await using client = createEmailClient("google_gmail", { config: config(enabled), userId: "nobody" });
    await expect(client.getRecentEmails()).rejects.toMatchObject({
      code: "config.profile_not_found",
      profile: "nobody",
      service: "google_gmail",
      hint: expect.stringContaining("npx maigic-integrations-setup --service google_gmail --profile nobody") as string,
    });
  });

  it.each(["root", "READ", "readonly", null])("take %s for no access level, least of all for writing", (access) => {
    const options = { config: config(enabled), access } as unknown as ClientOptions;
    expect(thrown(() => createCalendarClient("google_calendar", options))).toMatchObject({ code: "config.invalid" });
  });

  it("can be closed twice, and without ever having been used", async () => {
    const client = createEmailClient("google_gmail", { config: config(enabled) });
    await client.close();
    await client.close();
    await expect(client.getRecentEmails()).rejects.toMatchObject({ message: "The client was closed." });
    await client.close();
  });
});

describe("IntegrationRegistry", () => {
  it("is one for the process, and another for each configuration", () => {
    expect(getRegistry()).toBe(getRegistry());
    const own = config();
    expect(getRegistry(own)).toBe(getRegistry(own));
    expect(getRegistry(own)).not.toBe(getRegistry());
    expect(getRegistry(own)).not.toBe(getRegistry(config()));
  });

  it("names what can be used now, by kind", () => {
    const registry = getRegistry(config({ googleGmailEnabled: true }));
    expect(registry.getAvailableProviders()).toEqual(["google_gmail"]);
    expect(registry.getEmailProviders()).toEqual(["google_gmail"]);
    expect(registry.getCalendarProviders()).toEqual([]);
    expect([registry.hasProvider("gmail"), registry.hasProvider("gmial")]).toEqual([true, false]);
    expect(registry.getProvider("gmail").getName()).toBe("google_gmail");
  });

  it("takes a provider of the caller's own, switched on unless its variable says no", () => {
    const registry = getRegistry(config());
    registry.registerProvider(weather);
    expect(registry.getAvailableProviders()).toEqual(["example_weather"]);
    expect(() => registry.registerProvider(weather)).toThrow(expect.objectContaining({ code: "config.invalid" }));
    const off = getRegistry(config({}, { WEATHER_ENABLED: "no" }));
    off.registerProvider({ ...weather, enableVariable: "WEATHER_ENABLED" });
    expect(off.getProviderInfo("example_weather")).toMatchObject({ enabled: false });
    for (const name of ["My Weather!", "__proto__", ""]) {
      expect(() => off.registerProvider({ ...weather, getName: () => name })).toThrow(
        expect.objectContaining({ code: "config.unknown_service" }),
      );
    }
  });

  it("renews a token once, whoever asks by whichever client", async () => {
    await using w = await openWorld({ seed: { users: [{ email: "alice@example.com" }] } });
    await w.signIn("google_gmail", "alice@example.com");
    w.sandbox.expireAccessTokens();
    w.sandbox.clearRequests();
    const clients = [1, 2, 3].map(() =>
      createEmailClient("google_gmail", { config: w.config, endpoints: w.sandbox.url }),
    );
    await Promise.all(clients.map((client) => client.getRecentEmails({ count: 1 })));
    expect(w.sandbox.requests.filter(({ method }) => method === "oauth.token")).toHaveLength(1);
    await Promise.all(clients.map((client) => client.close()));
  });

  it("says which command installs what a provider needs", () => {
    const registry = getRegistry(config());
    const needy: IntegrationProvider = { ...weather, packages: ["a-package", "another"], isAvailable: () => false };
    registry.registerProvider(needy);
    expect(thrown(() => registry.createClient("example_weather"))).toMatchObject({
      code: "config.missing_dependency",
      hint: "Run: npm install a-package another",
    });
  });

  it("shows one profile's integrations with their true state", async () => {
    const own = config(enabled);
    const status = await getRegistry(own).listUserIntegrations("ann");
    expect(status["google_gmail"]).toMatchObject({ state: "needs_setup", enabled: true });
    await expect(getRegistry(own).listUserIntegrations("../etc")).rejects.toMatchObject({
      code: "config.invalid_profile",
    });
    mkdirSync(own.credentialsDir);
    writeFileSync(join(own.credentialsDir, "67e92c87_google_gmail.json"), "{ damaged");
    const work = await getRegistry(own).listUserIntegrations("work");
    expect(work["google_gmail"]).toMatchObject({ state: "unreadable" });
  });
});
