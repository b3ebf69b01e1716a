import { defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The proofs first: they wait for processes of their own, beside which the other tests run. */
class ProofsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isProofs = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith("/test/proofs.test.ts");
    const sorted = await super.sort(files);
    return [...sorted.filter(isProofs), ...sorted.filter((file) => !isProofs(file))];
  }
}

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    pool: "threads",
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: ProofsFirst },
    testTimeout: 20_000,
  },
});

export default config;
