import assert from "node:assert/strict";
import { isIntegrationError } from "../core/errors.js";
import type { Capabilities } from "../provider.js";

type Define = (name: string, run: () => Promise<void>) => unknown;

/** The functions of a test runner, such as those of vitest or `node:test`. */
export interface TestRunner {
  readonly describe: (name: string, define: () => void) => unknown;
  /** With `skip`, where the runner has it, to show what is left out. */
  readonly it: Define & { readonly skip?: Define };
}

/** What a provider is tested with. */
export interface ProviderConformanceOptions<World extends AsyncDisposable> {
  readonly provider: { getName(): string; readonly capabilities: Capabilities };
  /** An account with nothing in it, for each test anew. */
  readonly createWorld: () => Promise<World>;
  /** Tests that this service cannot pass, by `group > name`, and why. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

/** One test of a suite. */
export type ProviderTest<World> = (world: World) => Promise<void>;

/** The tests of a group by name. */
export type ProviderTests<World> = Readonly<Record<string, ProviderTest<World>>>;

/** Tests that belong together. */
export interface TestGroup<World> {
  readonly tests: ProviderTests<World>;
  /** The capabilities without which they are left out. */
  readonly needs?: string | readonly string[];
  /** A call that needs them: without, it throws `request.unsupported`. */
  readonly call?: (world: World) => Promise<unknown>;
  /** What is promised in their place without. */
  readonly without?: ProviderTests<World>;
}

/** A suite: what its contract is called, and its groups by name. */
export interface ProviderSuite<World> {
  readonly contract: string;
  readonly groups: Readonly<Record<string, TestGroup<World>>>;
}

/**
 * Defines a suite's tests with a runner's functions, each in a world of its own. What a provider declares itself unable
 * to do must throw `request.unsupported`.
 *
 * @throws AssertionError for a skip without a reason, or of a test that does not exist
 */
export function defineSuite<World extends AsyncDisposable>(
  { contract, groups }: ProviderSuite<World>,
  { describe, it }: TestRunner,
  options: ProviderConformanceOptions<World>,
): void {
  const { provider, createWorld, skip = [] } = options;
  checkSkips(groups, skip);
  const run = (test: ProviderTest<World>) => async (): Promise<void> => {
    await using world = await createWorld();
    await test(world);
  };
  describe(`${provider.getName()} keeps the ${contract} contract`, () => {
    for (const [name, group] of Object.entries(groups)) {
      const tests = testsFor(group, provider.capabilities);
      if (Object.keys(tests).length === 0) continue;
      describe(name, () => {
        for (const [title, test] of Object.entries(tests)) {
          const skipped = skip.find((each) => each.test === `${name} > ${title}`);
          if (skipped) it.skip?.(`${title} (left out: ${skipped.reason})`, run(test));
          else it(title, run(test));
        }
      });
    }
  });
}

function testsFor<World>(group: TestGroup<World>, capabilities: Capabilities): ProviderTests<World> {
  const { tests, needs = [], call, without = {} } = group;
  const missing = [needs].flat().filter((name) => !can(capabilities, name));
  if (missing.length === 0) return tests;
  return call ? { ...without, [`says that it has no ${missing.join(" and no ")}`]: unsupported(call) } : without;
}

function can(capabilities: Capabilities, name: string): boolean {
  return capabilities[name] !== undefined && capabilities[name] !== false;
}

function unsupported<World>(call: (world: World) => Promise<unknown>): ProviderTest<World> {
  return (world) => assert.rejects(call(world), (error) => isIntegrationError(error, "request.unsupported"));
}

function checkSkips(
  groups: Readonly<Record<string, { readonly tests: object; readonly without?: object }>>,
  skip: readonly { readonly test: string; readonly reason: string }[],
): void {
  const known = new Set(
    Object.entries(groups).flatMap(([group, { tests, without }]) =>
      Object.keys({ ...tests, ...without }).map((title) => `${group} > ${title}`),
    ),
  );
  for (const { test, reason } of skip) {
    assert.ok(known.has(test), `There is no test "${test}" to leave out.`);
    assert.ok(reason.trim() !== "", `Leaving "${test}" out needs a reason.`);
  }
}
