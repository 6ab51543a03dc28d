// `node --require <this file> <file.ts>` runs TypeScript as jest does, in a process of its own.
const { existsSync } = require("node:fs");
const { dirname, resolve } = require("node:path");
const Module = require("node:module");
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, path) => module._compile(transformFileSync(path).code, path);

// What is loaded late is named as it is after the build: `import("./main.js")`.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...others) => {
  const source = request.replace(/\.js$/, ".ts");
  const isOurs =
    request.startsWith(".") && parent?.filename && existsSync(resolve(dirname(parent.filename), source));
  return resolveFilename(isOurs ? source : request, parent, ...others);
};
