#!/usr/bin/env node
import { requireNode } from "./require-node.js";

// `maigic-integrations-setup …` is `maigic-integrations setup …`.
if (requireNode(process)) {
  void import("./main.js").then(async ({ runCli }) => {
    process.exitCode = await runCli(process.argv.slice(2), { program: "maigic-integrations-setup" });
  });
}
