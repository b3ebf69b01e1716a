import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IntegrationConfig } from "./config.js";

describe("IntegrationConfig.fromEnv", () => {
  let workingDir = "";
  beforeEach(() => {
    workingDir = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => rmSync(workingDir, { recursive: true, force: true }));
  const write = (name: string, text: string): void => writeFileSync(join(workingDir, name), text);
  const read = (env: Record<string, string> = {}, overrides = {}): IntegrationConfig =>
    IntegrationConfig.fromEnv(overrides, { env, workingDir });

  it("has the seed's defaults when nothing is set", () => {
    const config = read();
    expect(config).toMatchObject({
      environment: "development",
      credentialsDir: join(workingDir, "credentials"),
      credentialStorage: "file",
      defaultUser: "default",
      googleCalendarEnabled: false,
      googleGmailEnabled: false,
    });
  });

  it("puts overrides before the environment, that before .env.<environment>, and that before .env", () => {
    write(".env", "GOOGLE_GMAIL_ENABLED=true\nMAIGIC_DEFAULT_USER=plain\nMAIGIC_ENVIRONMENT=staging\n");
    write(".env.staging", "MAIGIC_DEFAULT_USER=staging\n");
    expect(read()).toMatchObject({ googleGmailEnabled: true, defaultUser: "staging", environment: "staging" });
    expect(read({ MAIGIC_DEFAULT_USER: "env" }).defaultUser).toBe("env");
    expect(read({ MAIGIC_DEFAULT_USER: "env" }, { defaultUser: "override" }).defaultUser).toBe("override");
  });

  it.each(["true", "TRUE", "1", "yes", "On"])("reads %s as true", (value) => {
    expect(read({ GOOGLE_GMAIL_ENABLED: value }).googleGmailEnabled).toBe(true);
  });

  it.each(["false", "0", "No", "OFF"])("reads %s as false", (value) => {
    expect(read({ GOOGLE_GMAIL_ENABLED: value }).googleGmailEnabled).toBe(false);
  });

  it("names the variable whose value is neither", () => {
    const config = read({ GOOGLE_GMAIL_ENABLED: "maybe" });
    expect(() => config.googleGmailEnabled).toThrow(
      expect.objectContaining({
        code: "config.invalid",
        message: expect.stringContaining("GOOGLE_GMAIL_ENABLED") as string,
      }),
    );
    expect(config.googleCalendarEnabled).toBe(false);
    expect(() => read({ MAIGIC_ENVIRONMENT: "prod" })).toThrow(expect.objectContaining({ code: "config.invalid" }));
  });

  it("takes nothing from a .env file that could redirect keys, storage or traffic", () => {
    write(
      ".env",
      "MAIGIC_CONFIG_DIR=/evil\nMAIGIC_CREDENTIAL_STORAGE=memory\nHTTPS_PROXY=http://evil\nMAIGIC_VAULT_KEY=evil\n",
    );
    const config = read({ XDG_CONFIG_HOME: "/home/ann/.config" });
    expect(config.configDir).not.toContain("evil");
    expect(config.credentialStorage).toBe("file");
    expect(config.proxy).toEqual({});
  });

  it("reads a relative credentials folder from where it was set", () => {
    write(".env", "MAIGIC_CREDENTIALS_DIR=vault\n");
    expect(read().credentialsDir).toBe(join(workingDir, "vault"));
    expect(read({ MAIGIC_CREDENTIALS_DIR: "/abs" }).credentialsDir).toBe("/abs");
  });

  it("reads proxies from the real environment, in either case", () => {
    const config = read({ https_proxy: "http://p:1", NO_PROXY: "localhost" });
    expect(config.proxy).toEqual({ httpsProxy: "http://p:1", noProxy: "localhost" });
  });

  it("answers for any provider's variable, and knows unset from off", () => {
    write(".env", "ACME_ENABLED=off\n");
    expect(read().isEnabled("ACME_ENABLED")).toBe(false);
    expect(read().isEnabled("OTHER_ENABLED")).toBeUndefined();
    expect(read({}, { enabled: { OTHER_ENABLED: true } }).isEnabled("OTHER_ENABLED")).toBe(true);
  });

  it.each([{ environment: "prod" }, { credentialStorage: "redis" }])(
    "refuses %j from the program itself",
    (overrides) => {
      expect(() => read({}, overrides)).toThrow(
        expect.objectContaining({
          code: "config.invalid",
          message: expect.stringContaining(Object.keys(overrides)[0] ?? "") as string,
        }),
      );
    },
  );

  it("takes a bare host and port for an HTTP proxy, and refuses what is none without showing its password", () => {
    expect(read({ HTTPS_PROXY: "proxy.corp:8080" }).proxy).toEqual({ httpsProxy: "http://proxy.corp:8080" });
    for (const wrong of ["socks5://u:hunter2@p:1", "not a url u:hunter2", "http://"]) {
      const error: unknown = (() => {
        try {
          return read({ HTTP_PROXY: wrong });
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(error).toMatchObject({ code: "config.invalid", details: { variable: "HTTP_PROXY" } });
      expect(inspect(error)).not.toContain("hunter2");
    }
  });

  it.each(["constructor", "__proto__"])("does not take %s for a truth", (value) => {
    expect(() => read({ ACME_ENABLED: value }).isEnabled("ACME_ENABLED")).toThrow(
      expect.objectContaining({ code: "config.invalid" }),
    );
  });

  it("reads a .env file that begins with a byte order mark", () => {
    write(".env", "\ufeffGOOGLE_GMAIL_ENABLED=true\n");
    expect(read().googleGmailEnabled).toBe(true);
  });

  it("keeps keys in one folder, whatever the working directory becomes", () => {
    expect(read({ MAIGIC_CONFIG_DIR: "keys" }).configDir).toBe(join(workingDir, "keys"));
  });
});
