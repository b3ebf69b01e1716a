import { createGoogleSandbox, type SandboxSeed } from "maigic-integrations/sandbox";

/** What a process of a sandbox alone is started with. */
export interface SandboxProcessOptions {
  readonly seed: SandboxSeed;
  readonly user: string;
  readonly latencyMs: number;
}

/** What it says once it answers. */
export interface SandboxReady {
  readonly url: string;
  readonly accessToken: string;
  /** From the start of the process, Node's own start included. */
  readonly readyMs: number;
  /** The most memory that it ever held. */
  readonly peakBytes: number;
}

// Run by itself, with nothing beside the sandbox, so that what is measured of the process is the sandbox's.
process.once("message", (options: SandboxProcessOptions) => void serve(options));
process.on("message", (message) => {
  if (message === "cpu") process.send?.(process.cpuUsage());
});
process.once("disconnect", () => process.exit());

async function serve({ seed, user, latencyMs }: SandboxProcessOptions): Promise<void> {
  const sandbox = await createGoogleSandbox({ seed, latencyMs, limits: "none" });
  const { accessToken } = sandbox.issueToken(user, ["https://mail.google.com/"]);
  const ready: SandboxReady = {
    url: sandbox.url,
    accessToken,
    readyMs: performance.now(),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
  process.send?.(ready);
}
