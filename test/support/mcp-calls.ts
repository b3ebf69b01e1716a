import type { ConnectedClient, ToolAnswer } from "./mcp-clients.js";
import { bob, meeting } from "./mcp-world.js";

/** What one client does; different for each, so that no write finds its work done. */
export interface Turn {
  /** A word that stands in what it writes. */
  readonly word: string;
  readonly answer: "accepted" | "declined" | "tentative";
  readonly starred: "starred" | "unstarred";
}

/**
 * Calls the tools as an assistant would, each with something that the policy permits.
 *
 * @returns what each of them answered, by its name; a write's is that of its commit
 */
export async function callEveryTool(client: ConnectedClient, turn: Turn): Promise<Map<string, ToolAnswer>> {
  const answers = new Map<string, ToolAnswer>();
  const ask = async (name: string, args: object): Promise<ToolAnswer["body"]> => {
    const answer = await client.call(name, { profile: "work", ...args });
    answers.set(name, answer);
    return answer.body;
  };
  const write = async (name: string, args: object): Promise<void> => {
    const answer = await client.write(name, { profile: "work", ...args });
    answers.set(name, answer).set("commit", answer);
  };
  const id = firstId(await ask("email_find", { action: "search", query: "subject:Lunch" }), "emails");
  await ask("email_read", { action: "show", id });
  const event = firstId(await ask("calendar_find", { action: "search", query: "Harbour", ...meeting }), "events");
  await ask("calendar_read", { action: "show", id: event });
  await ask("calendar_times", { action: "free", ...meeting });
  await write("email_compose", { action: "send", to: [bob], subject: turn.word, text: "At noon." });
  await write("email_organize", { action: "label", ids: [id], [turn.starred]: true });
  await write("calendar_organize", { action: "create", title: turn.word, start: "2031-05-07T12:00", minutes: 30 });
  await write("calendar_respond", { action: "respond", id: event, answer: turn.answer });
  return answers;
}

function firstId(body: ToolAnswer["body"], list: string): string {
  const [first] = (body[list] ?? []) as { id: string }[];
  if (!first) throw new Error(`There are no ${list}: ${JSON.stringify(body)}`);
  return first.id;
}
