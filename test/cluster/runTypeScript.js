// `node --require <this file> <file.ts>` runs TypeScript as jest does, in a process of its own.
const { transformFileSync } = require("@swc/core");

require.extensions[".ts"] = (module, path) => module._compile(transformFileSync(path).code, path);
