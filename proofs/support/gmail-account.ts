import type { GoogleSandbox } from "maigic-integrations/sandbox";

/** Changes a mailbox past this package, as the person's other programs do. */
export interface GmailAccount {
  insert(labelIds: readonly string[]): Promise<string>;
  relabel(ids: readonly string[], change: { add?: readonly string[]; remove?: readonly string[] }): Promise<void>;
  trash(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Every message and its labels' ids. */
  labels(): Map<string, string[]>;
}

/** The mailbox of somebody in a sandbox. */
export function gmailAccount(sandbox: GoogleSandbox, user: string): GmailAccount {
  const { accessToken } = sandbox.issueToken(user, ["https://mail.google.com/"]);
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${sandbox.url}/gmail/v1/users/me${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : (JSON.parse((await answer.text()) || "{}") as Record<string, unknown>);
  };
  const raw = Buffer.from(`From: bob@example.com\r\nTo: ${user}\r\nSubject: News\r\n\r\nThe numbers.\r\n`);
  return {
    insert: async (labelIds) =>
      String((await call("POST", "/messages", { raw: raw.toString("base64url"), labelIds }))["id"]),
    async relabel(ids, { add = [], remove = [] }) {
      await call("POST", "/messages/batchModify", { ids, addLabelIds: add, removeLabelIds: remove });
    },
    async trash(id) {
      await call("POST", `/messages/${id}/trash`);
    },
    async remove(id) {
      await call("DELETE", `/messages/${id}`);
    },
    labels: () =>
      new Map(sandbox.inspect.messages(user).map(({ id, labelIds }) => [String(id), (labelIds ?? []) as string[]])),
  };
}
