import { dirname } from "node:path";
import { counted } from "../../core/counted.js";
import { writeEffects, type Grants, type Policy, type WriteEffect } from "../../guard/policy/policy.js";
import { quoted } from "../completion/shell-words.js";
import type { Block, Line, View } from "./view.js";
import { fieldsBlock, heading, listed, sentence, toneOf } from "./wording.js";

/** What assistants may do, profile by profile, in words. @param notConnected - profiles that nobody has signed in */
export function policyView(policy: Policy, notConnected: readonly string[]): View {
  const files = policy.attachmentsDir ?? "none are saved or sent";
  return [
    fieldsBlock([
      ["Policy", policy.file],
      ["Files", files],
    ]),
    ...policy.profiles.flatMap((profile) => profileBlocks(profile, policy.grantsOf(profile))),
    ...notConnected.map((profile) =>
      sentence(
        toneOf(
          `Nobody has connected a profile called "${profile}": npx maigic-integrations list shows which there are.`,
          "warning",
        ),
      ),
    ),
    sentence(
      policy.profiles.length === 0
        ? "It names no profile, so assistants may read, and nothing else."
        : "What other profiles may do: read, and nothing else.",
    ),
  ];
}

/** That there is no policy, and how to make one. @param example - what to begin with */
export function noPolicyView(file: string, example: string): View {
  return [
    fieldsBlock([["Policy", `${file}, which is not there`]]),
    sentence("So assistants may read, and nothing else. To permit more, begin with the example below and change it:"),
    { kind: "lines", lines: commandsFor(file), indent: 2 },
    { kind: "text", text: example.trimEnd() },
  ];
}

/** For the person alone from the beginning, also the folder. */
function commandsFor(file: string): string[] {
  const example = "npx maigic-integrations policy --example";
  if (process.platform === "win32") return [`${example} > "${file}"`]; // there the file is its owner's anyway
  return [
    `(umask 077; mkdir -p ${quoted(dirname(file))} && ${example} > ${quoted(file)})`,
    `chmod 600 ${quoted(file)}`,
  ];
}

function profileBlocks(profile: string, grants: Grants): Block[] {
  const title = heading(`Profile "${profile}"`);
  if (grants.allow.length === 0) return [title, fieldsBlock([["May", "read, and nothing else"]])];
  const { recipients, domains, calendars } = grants;
  return [
    title,
    fieldsBlock([
      ["May", mayDo(grants.allow)],
      ["Reaches", listed(["the account itself", ...recipients, ...domains.map(domainWords)])],
      ["Calendars", listed(["its main one", ...calendars])],
      ["Others", othersWords[grants.others]],
      ["Confirmed", grants.confirm.length === 0 ? "nothing else" : listed(grants.confirm.map(eachTime))],
      ["Asked", askWords[grants.ask]],
      ["Each day", dailyWords(grants)],
    ]),
  ];
}

const effectWords: Readonly<Record<WriteEffect, string>> = {
  write: "change what can be taken back",
  send: "send what reaches other people",
  delete: "delete what cannot be taken back",
};

function mayDo(allow: readonly WriteEffect[]): Line {
  const words = writeEffects.filter((effect) => allow.includes(effect)).map((effect) => effectWords[effect]);
  return toneOf(listed(["read", ...words]), "warning");
}

function domainWords(domain: string): string {
  return domain.startsWith("*.") ? `everybody below ${domain.slice(2)}` : `everybody at ${domain}`;
}

const othersWords: Readonly<Record<Grants["others"], string>> = {
  confirm: "a person is asked before anybody else is reached",
  refuse: "nobody else is reached",
  allow: "anybody else is reached as well; a person is asked once text that somebody else wrote was read",
};

function eachTime(effect: WriteEffect): string {
  return { write: "every change", send: "all that is sent", delete: "every deletion" }[effect];
}

const askWords: Readonly<Record<Grants["ask"], string>> = {
  terminal: "in a terminal, by maigic-integrations approve",
  client: "in the program that the assistant runs in",
};

function dailyWords({ allow, daily }: Grants): string {
  const nouns = { write: "change", send: "sending", delete: "deletion" } as const;
  return listed(
    writeEffects
      .filter((effect) => allow.includes(effect))
      .map((effect) => {
        const most = daily[effect];
        return most === undefined ? `any number of ${nouns[effect]}s` : `at most ${counted(most, nouns[effect])}`;
      }),
  );
}
