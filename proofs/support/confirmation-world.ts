import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getRegistry, runCli, type IntegrationRegistry, type Prompter } from "maigic-integrations";
import { createTools, type AssistantTools } from "maigic-integrations/tools";
import { printed, type Printed } from "./command-line.js";
import { heldClock, type HeldClock } from "./held-clock.js";
import { fileNameOf, people, seedOf, subjectOf, type Places } from "./planned-writes.js";
import { configIn, openWorld, type World } from "./world.js";

/** Profiles of Alice's account. All may do everything, each in its own way. */
export type ProfileName = "listed" | "asked" | "client" | "open" | "limited";

const everything = "allow: [write, send, delete]";
const eachTime = `${everything}, confirm: [write, send, delete]`;

const grants: Readonly<Record<ProfileName, string>> = {
  /** By itself to those whom it names. */
  listed: `{ ${everything}, recipients: [${people.bob}], confirm: [] }`,
  /** When a person says yes in a terminal. */
  asked: `{ ${eachTime} }`,
  /** When a person says yes in the assistant's program. */
  client: `{ ${eachTime}, ask: client }`,
  /** By itself to anybody, as long as nothing was read. */
  open: `{ ${everything}, others: allow, confirm: [] }`,
  /** By itself, once a day. */
  limited: `{ ${everything}, recipients: [${people.bob}], confirm: [], daily: { write: 1, send: 1 } }`,
};

/** A person at a terminal. */
export interface AtTerminal {
  readonly says: boolean;
  /** Must be among what is shown before the question; else nothing is said to it. */
  readonly sees?: string;
  /** What happens while they read. */
  readonly meanwhile?: () => Promise<void>;
  /** Whether anybody is there; default: yes. */
  readonly interactive?: boolean;
  readonly flags?: readonly string[];
}

/** A sandbox, an assistant's tools to it, and the person whom they ask. */
export interface ConfirmationWorld extends World {
  readonly clock: HeldClock;
  readonly places: Places;
  /** The folder with the files that are sent. */
  readonly filesDir: string;
  /** A registry as another process would have it. */
  readonly registry: () => IntegrationRegistry;
  /** Another session. */
  open(): Promise<AssistantTools>;
  /** What the person says who is asked in the assistant's program. */
  answer: (text: string) => boolean;
  /** The real command in a terminal. */
  approve(plan: string, person: AtTerminal): Promise<Printed>;
}

/** Opens one with so many things for each kind of write. */
export async function openConfirmationWorld(each: number): Promise<ConfirmationWorld> {
  const clock = heldClock();
  const profiles = Object.fromEntries(Object.keys(grants).map((profile) => [profile, people.alice]));
  const world = await openWorld(seedOf(each), people.alice, { clock, profiles });
  const { configDir } = world.config;
  const filesDir = join(world.folder, "files");
  for (const folder of [configDir, filesDir]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const granted = Object.entries(grants).map(([profile, allowed]) => `  ${profile}: ${allowed}\n`);
  const policy = `attachments: ${filesDir}\nprofiles:\n${granted.join("")}`;
  await writeFile(join(configDir, "policy.yaml"), policy, { mode: 0o600 });
  for (let number = 0; number < each; number++) await writeFile(join(filesDir, fileNameOf(number)), `${number},5110\n`);
  const registry = (): IntegrationRegistry => getRegistry(configIn(world.folder));
  const opened: ConfirmationWorld = {
    ...{ ...world, clock, filesDir, registry, places: await placesIn(world) },
    answer: () => false,
    open: () => {
      const confirm = ({ text }: { text: string }): Promise<boolean> => Promise.resolve(opened.answer(text));
      return createTools({ registry: registry(), endpoints: world.sandbox.url, clock, confirm });
    },
    approve: (plan, person) => approve(registry(), plan, person),
  };
  return opened;
}

async function approve(registry: IntegrationRegistry, plan: string, person: AtTerminal): Promise<Printed> {
  const { says, sees, meanwhile, interactive = true, flags = [] } = person;
  const nothingElse = (): never => {
    throw new Error("approve asked for something else");
  };
  let shown = "";
  const prompter: Prompter = {
    ...{ interactive, say: () => undefined, during: (_, work) => work() },
    ...{ choose: nothingElse, chooseSeveral: nothingElse, ask: nothingElse, showAddress: nothingElse },
    async confirm(question) {
      await meanwhile?.();
      shown = question;
      return says;
    },
  };
  const done = await printed(() => runCli(["approve", plan, ...flags], { registry, prompter }));
  if (sees !== undefined && shown !== "" && !done.stderr.includes(sees)) {
    throw new Error(`approve did not show ${sees}: ${done.stderr}`);
  }
  return done;
}

async function placesIn({ sandbox }: World): Promise<Places> {
  const { accessToken } = sandbox.issueToken(people.alice, ["https://mail.google.com/"]);
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`${sandbox.url}/gmail/v1/users/me/drafts?maxResults=500`, { headers });
  const { drafts } = (await answer.json()) as { drafts: { id: string; message: { id: string } }[] };
  const mails = new Map(sandbox.inspect.messages(people.alice).map((mail) => [subjectOf(mail), String(mail["id"])]));
  const found = (id: string | undefined, subject: string): string => {
    if (id === undefined) throw new Error(`There is no "${subject}".`);
    return id;
  };
  return {
    mail: (subject) => found(mails.get(subject), subject),
    draft: (subject) => found(drafts.find(({ message }) => message.id === mails.get(subject))?.id, subject),
  };
}
