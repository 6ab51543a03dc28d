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
};
