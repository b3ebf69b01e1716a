import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});

export default config;
