import { integrationError } from "../../core/errors.js";
import type { SetupFlags } from "../definitions/setup.js";
import { kebabCase } from "../operation/field-flags.js";

type Flag = keyof SetupFlags;

/** What is done instead of setting something up. */
const modes = ["list", "test", "remove"] as const satisfies readonly Flag[];
/** What only a sign-in has a use for. */
const ofSignIns = ["account", "credentials", "together", "paste", "port"] as const satisfies readonly Flag[];
const ofSetup = [...ofSignIns, "access", "timezone", "serviceAccount", "subject"] as const satisfies readonly Flag[];

/** Flags that cannot both be meant. */
const contradictions: readonly (readonly [Flag, readonly Flag[]])[] = [
  ["list", ["test", "remove", "revoke", "yes", ...ofSetup]],
  ["test", ["remove", "revoke", "yes", ...ofSetup]],
  ["remove", ["all", ...ofSetup]],
  ["all", ["service"]],
  ["serviceAccount", ofSignIns.filter((flag) => flag !== "together")],
  ["paste", ["port"]],
];

/** Flags that mean something beside another one only. */
const companions: readonly (readonly [Flag, Flag])[] = [
  ["revoke", "remove"],
  ["subject", "serviceAccount"],
];

/**
 * Refuses flags that contradict each other.
 *
 * @throws ConfigurationError `config.invalid` naming both, `config.missing_variable` naming the one that is missing
 */
export function requireConsistent(flags: SetupFlags): void {
  for (const [flag, others] of [...contradictions, ...ownContradictions(flags)]) {
    const other = isGiven(flags, flag) ? others.find((each) => isGiven(flags, each)) : undefined;
    if (other !== undefined) throw contradiction(flag, other);
  }
  for (const [flag, companion] of companions) {
    if (!isGiven(flags, flag) || isGiven(flags, companion)) continue;
    throw integrationError("config.missing_variable", {
      message: `${written(flag)} means something together with ${written(companion)} only, which is missing.`,
      hint: `Add ${written(companion)}, or leave ${written(flag)} out.`,
      details: { flag: written(companion) },
    });
  }
}

/** Those that depend on the value: a rehearsal brings its own client file, and a sign-in that was begun has all it needs. */
function ownContradictions({ sandbox, paste }: SetupFlags): (readonly [Flag, readonly Flag[]])[] {
  return [
    ...(sandbox === true ? ([["sandbox", [...modes, "serviceAccount", "credentials"]]] as const) : []),
    ...(typeof paste === "string"
      ? ([["paste", ["service", "all", "access", "credentials", "account"]]] as const)
      : []),
  ];
}

/** The port of `--port`. @throws ConfigurationError `config.invalid` */
export function portOf({ port }: Pick<SetupFlags, "port">): number | undefined {
  if (port === undefined) return undefined;
  const value = Number(port);
  if (/^\d+$/.test(port) && value >= 1 && value <= 65_535) return value;
  throw integrationError("config.invalid", {
    message: `--port is "${port}".`,
    hint: "Give --port as a whole number from 1 to 65535.",
    details: { flag: "--port" },
  });
}

function isGiven(flags: SetupFlags, flag: Flag): boolean {
  return flags[flag] !== undefined && flags[flag] !== false;
}

function contradiction(one: Flag, other: Flag): Error {
  return integrationError("config.invalid", {
    message: `${written(one)} and ${written(other)} contradict each other.`,
    hint: "Leave one of them out.",
    details: { flags: [written(one), written(other)] },
  });
}

/** A flag as it stands on the command line. */
function written(flag: Flag): string {
  return `--${kebabCase(flag)}`;
}
