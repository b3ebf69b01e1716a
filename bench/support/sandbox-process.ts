import { createGoogleSandbox, type GoogleSandbox, type SandboxOptions } from "maigic-integrations/sandbox";

/** What the parent asks for. */
export type SandboxRequest =
  | { readonly open: Required<Pick<SandboxOptions, "seed" | "latencyMs" | "limits">> }
  | { readonly approve: { readonly url: string; readonly user: string } }
  | { readonly issueToken: { readonly user: string; readonly scopes: string[] } }
  | { readonly receive: { readonly user: string; readonly subject: string } }
  | { readonly requestCount: true }
  | { readonly close: true };

let sandbox: GoogleSandbox | undefined;

/** Runs in a process of its own, so that whoever is measured does not share a thread with the service. */
async function answer(request: SandboxRequest): Promise<unknown> {
  if ("open" in request) {
    sandbox = await createGoogleSandbox(request.open);
    return { url: sandbox.url, clientFile: sandbox.clientFile() };
  }
  if (!sandbox) throw new Error("The sandbox is not open.");
  if ("approve" in request) return sandbox.approve(request.approve.url, { user: request.approve.user });
  if ("receive" in request) return receive(sandbox, request.receive);
  if ("requestCount" in request) return sandbox.findRequests({ method: "gmail.*" }).length;
  if ("issueToken" in request) return sandbox.issueToken(request.issueToken.user, request.issueToken.scopes);
  await sandbox.close();
  sandbox = undefined;
  return null;
}

async function receive(sandbox: GoogleSandbox, { user, subject }: { user: string; subject: string }): Promise<null> {
  const { accessToken } = sandbox.issueToken(user, ["https://mail.google.com/"]);
  const mail = `From: bob@example.com\r\nTo: ${user}\r\nSubject: ${subject}\r\n\r\nThe numbers of this week.\r\n`;
  const answer = await fetch(`${sandbox.url}/gmail/v1/users/me/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ raw: Buffer.from(mail).toString("base64url"), labelIds: ["INBOX", "UNREAD"] }),
  });
  if (!answer.ok) throw new Error(`The mail was not taken: ${answer.status}`);
  return null;
}

process.on("message", (request: SandboxRequest) => {
  void answer(request).then((reply) => process.send?.({ reply }));
});
