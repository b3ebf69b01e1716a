#!/usr/bin/env node
import { requireNode } from "./require-node.js";

// The command line itself is loaded only where it can run.
if (requireNode(process)) {
  void Promise.all([import("./main.js"), import("./run-program.js")]).then(([{ runCli }, { runProgram }]) =>
    runProgram(() => runCli(process.argv.slice(2))),
  );
}
