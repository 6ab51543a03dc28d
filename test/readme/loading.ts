import { Place, runShown } from "./shownCommands";

/* A file of history that is loaded, as README.md shows it and as it is run. */

const loaded = {
  idempotencyKey: "legacy-17",
  memberId: "README-LOADED",
  claimNumber: "L-17",
  claimType: "PROFESSIONAL",
  dateOfService: "2025-01-06",
  billingProviderNpi: "1500000009",
  renderingProviderNpi: "1234567893",
  sourceSystem: "LEGACY",
  lines: [{ lineNumber: 1, procedureCode: "62323", units: 1 }],
};
const [{ lineNumber, procedureCode }] = loaded.lines;
const refused = {
  ...loaded,
  ...{ idempotencyKey: "legacy-18", claimNumber: "L-18", lines: [{ lineNumber, procedureCode, units: 0 }] },
};

const commands = `cat > history.ndjson <<'END'
${JSON.stringify(loaded)}
${JSON.stringify(refused)}
END
npm run --silent esi -- import "$PWD/history.ndjson" --client migration --refused "$PWD/refused.ndjson" || echo "exit status $?"
sed 's/^\\(.*\\),"input":.*$/\\1/' refused.ndjson
`;

/** The example and what it prints. */
export function loading(place: Place): string {
  return `\`\`\`sh\n${commands}\`\`\`\n\nprints\n\n\`\`\`text\n${runShown(commands, place).printed}\`\`\`\n`;
}
