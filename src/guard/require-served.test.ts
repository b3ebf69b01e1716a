import { describe, expect, it } from "vitest";
import { guardWorld } from "../../test/support/guard-world.js";
import { IntegrationConfig, type ConfigOverrides } from "../config.js";
import { getRegistry } from "../integrations.js";

describe("an assistant for which nothing can be served", () => {
  it("says what is switched off, as in a folder without .env, or where it looked for profiles", async () => {
    await using w = await guardWorld();
    const openWith = async (overrides: ConfigOverrides, profiles?: string[]): Promise<unknown> => {
      const own = { credentialsDir: w.config.credentialsDir, configDir: w.config.configDir, ...overrides };
      const registry = getRegistry(IntegrationConfig.fromEnv(own, { env: {}, workingDir: w.folder }));
      return w.open({ registry, ...(profiles && { profiles }) });
    };
    const variable = /google_calendar \(.*GOOGLE_CALENDAR_ENABLED=true\)/;
    for (const profiles of [undefined, ["work"]]) {
      await expect(openWith({}, profiles)).rejects.toMatchObject({
        ...{ code: "config.disabled", message: expect.stringMatching(variable) as string },
        hint: expect.stringContaining(".env") as string,
      });
    }
    const elsewhere = { credentialsDir: `${w.folder}/elsewhere` };
    for (const profiles of [undefined, ["nobody"]]) {
      await expect(openWith(elsewhere, profiles)).rejects.toMatchObject({
        ...{ code: "config.profile_not_found", message: expect.stringContaining(elsewhere.credentialsDir) as string },
        hint: expect.stringContaining("MAIGIC_CREDENTIALS_DIR") as string,
      });
    }
  });
});
