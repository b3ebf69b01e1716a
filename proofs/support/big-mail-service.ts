import { createHash } from "node:crypto";
import { openWorld, type World } from "./world.js";

/** What the service's process is asked. */
export type ServiceRequest =
  | { readonly open: { readonly downBytes: number } }
  /** Breaks the next answers with a file off. */
  | { readonly breakOff: number }
  /** The hash of the file in the last mail that bob received. */
  | { readonly receivedHash: true };

/** What it says once it is open. */
export interface ServiceReady {
  readonly url: string;
  readonly credentialsDir: string;
  readonly configDir: string;
  /** Of the file that can be read. */
  readonly hash: string;
  readonly messageId: string;
}

const [alice, bob] = ["alice@example.com", "bob@example.com"];
let world: World | undefined;

process.on("message", (request: ServiceRequest) => {
  void answer(request).then((reply) => process.send?.({ reply }));
});
process.once("disconnect", () => process.exit());

async function answer(request: ServiceRequest): Promise<unknown> {
  if ("receivedHash" in request) return receivedHash();
  if ("breakOff" in request) {
    const rule = { method: "gmail.users.messages.attachments.get", respond: "truncated" as const };
    return world?.sandbox.failNext({ ...rule, times: request.breakOff });
  }
  const content = fileOf(request.open.downBytes);
  const attachment = { filename: "big.bin", mimeType: "application/octet-stream", encoding: "base64" as const };
  const messages = [
    { subject: "Big", text: "See the file.", attachments: [{ ...attachment, content: content.toString("base64") }] },
  ];
  world = await openWorld({ users: [{ email: alice, messages }, { email: bob }] }, alice);
  const { credentialsDir, configDir } = world.config;
  const [message] = world.sandbox.inspect.messages(alice);
  const hash = createHash("sha256").update(content).digest("hex");
  return {
    ...{ url: world.sandbox.url, credentialsDir, configDir, hash },
    messageId: String(message?.["id"]),
  } satisfies ServiceReady;
}

/** Bytes that no packing makes smaller. */
export function fileOf(sizeBytes: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  let state = 1;
  for (let at = 0; at < sizeBytes; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

async function receivedHash(): Promise<string> {
  if (!world) return "nothing is open";
  const { sandbox } = world;
  const { accessToken } = sandbox.issueToken(bob, ["https://mail.google.com/"]);
  const [message] = sandbox.inspect.messages(bob);
  const path = `/gmail/v1/users/me/messages/${String(message?.["id"])}?format=raw`;
  const answered = await fetch(sandbox.url + path, { headers: { authorization: `Bearer ${accessToken}` } });
  const { raw } = (await answered.json()) as { raw: string };
  // By hand: the last part that is in base64, between two empty lines.
  const text = Buffer.from(raw, "base64url").toString("latin1");
  const from = text.indexOf("\r\n\r\n", text.lastIndexOf("Content-Transfer-Encoding: base64")) + 4;
  const data = text.slice(from, text.indexOf("\r\n--", from));
  return createHash("sha256").update(Buffer.from(data, "base64")).digest("hex");
}
