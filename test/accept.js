// Writes every golden file anew from what the program says now; the difference is for a person to review.
const { spawnSync } = require("node:child_process");

const jest = require.resolve("jest/bin/jest");
const golden = ["test/graphql/schema", "test/store/schema", "test/adjudication", "test/readme"];
const { status } = spawnSync(process.execPath, [jest, ...golden], {
  env: { ...process.env, ESI_ACCEPT: "1" },
  stdio: "inherit",
});
process.exit(status ?? 1);
