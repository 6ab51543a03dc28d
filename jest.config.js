const { availableParallelism } = require("node:os");

module.exports = {
  testEnvironment: "node",
  testMatch: ["**/test/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: { "^.+\\.[jt]s$": "@swc/jest" },
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
  reporters: ["default", "<rootDir>/test/summary.js"],
  setupFiles: ["./test/env.ts"],
  globalSetup: "./test/globalSetup.ts",
  globalTeardown: "./test/globalTeardown.ts",
  // No test is about speed: a busy machine must not fail one.
  testTimeout: 30_000,
  // Tests wait for the database and for other processes much of the time: one worker more than cores keeps them busy.
  maxWorkers: availableParallelism() + 1,
};
