#!/usr/bin/env node
import { requireNode } from "./require-node.js";

// The command line itself is loaded only where it can run.
if (requireNode(process)) {
  void import("./main.js").then(async ({ runCli }) => {
    process.exitCode = await runCli(process.argv.slice(2));
  });
}
