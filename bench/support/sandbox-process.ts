import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "maigic-integrations/sandbox";

/** What the parent asks for. */
export type SandboxRequest =
  | { readonly open: { readonly seed: SandboxSeed; readonly latencyMs: number } }
  | { readonly approve: { readonly url: string; readonly user: string } }
  | { readonly issueToken: { readonly user: string; readonly scopes: string[] } }
  | { readonly close: true };

let sandbox: GoogleSandbox | undefined;

/** Runs in a process of its own, so that whoever is measured does not share a thread with the service. */
async function answer(request: SandboxRequest): Promise<unknown> {
  if ("open" in request) {
    sandbox = await createGoogleSandbox({ ...request.open, limits: "none" }); // every run reads far within a minute's quota, all runs together do not
    return { url: sandbox.url, clientFile: sandbox.clientFile() };
  }
  if (!sandbox) throw new Error("The sandbox is not open.");
  if ("approve" in request) return sandbox.approve(request.approve.url, { user: request.approve.user });
  if ("issueToken" in request) return sandbox.issueToken(request.issueToken.user, request.issueToken.scopes);
  await sandbox.close();
  sandbox = undefined;
  return null;
}

process.on("message", (request: SandboxRequest) => {
  void answer(request).then((reply) => process.send?.({ reply }));
});
