#!/usr/bin/env node
import { requireNode } from "./require-node.js";

// `maigic-integrations-setup …` is `maigic-integrations setup …`.
if (requireNode(process)) {
  void Promise.all([import("./main.js"), import("./run-program.js")]).then(([{ runCli }, { runProgram }]) =>
    runProgram(() => runCli(process.argv.slice(2), { program: "maigic-integrations-setup" })),
  );
}
