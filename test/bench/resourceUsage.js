// `node --require <this file> <program>`, with a pipe at 3: what the program has used is written to it at its end.
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread) process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
