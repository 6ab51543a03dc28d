import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/* The worked example of a proof, as README.md shows it and as it is run. */

const member = "DEMO-FOUR-SESSIONS";
const address = "http://127.0.0.1:4000";

const completeness = `query ($id: ID!) { memberCompleteness(memberId: $id) { head checkpoint { note } proofs { leafIndex leaf path opening { salt record } } unsealed { leaf } } }`;
const proof = `query ($id: ID!) { auditProof(decisionId: $id) { leaf tlogProof opening { salt record } } }`;

function download(query: string, id: string, file: string): string {
  return [
    `curl -s ${address}/graphql -H "authorization: Bearer $TOKEN" -H "content-type: application/json" \\`,
    `  -d '{"query":"${query}","variables":{"id":"${id}"}}' > ${file}`,
  ].join("\n");
}

const commands = `mkdir -p data/proofs && cd data/proofs
# The key. In earnest you have it from somebody you trust, not from the service that you check.
KEY=$(npm run --silent esi -- log-keys | grep ^checkpoint | awk '{ print $NF }')
TOKEN=$(npm run --silent token -- audit:read decisions:read)

# Every decision of a member, and that none is missing:
${download(completeness, member, "member.json")}
node ../../verifier/verify-proof.js --completeness member.json --member ${member} --key "$KEY"

# One decision, with everything that it says:
ID=$(node -p 'JSON.parse(JSON.parse(fs.readFileSync("member.json")).data.memberCompleteness.proofs[0].leaf).id')
${download(proof, "'$ID'", "proof.json")}
node ../../verifier/verify-proof.js --reply proof.json --id "$ID" --key "$KEY"

# The same by openssl alone: the reply taken apart, then the checkpoint's signature,
node -e 'const { leaf, tlogProof, opening } = JSON.parse(fs.readFileSync("proof.json")).data.auditProof;
  const files = { "p.tlog-proof": tlogProof, "leaf.json": leaf, "record.json": opening.record, "salt.b64": opening.salt };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(name, text)'
{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; echo "$KEY" | cut -d+ -f3- | base64 -d | tail -c 32; } |
  openssl pkey -pubin -inform DER -out log.pem
sed '1,/^$/d' p.tlog-proof > cp.note
sed '/^$/,$d' cp.note > body.txt
sed -n 's/^— [^ ]* //p' cp.note | head -n 1 | base64 -d | tail -c +5 > sig.bin
openssl pkeyutl -verify -pubin -inkey log.pem -rawin -in body.txt -sigfile sig.bin
# and that the record is the one that the leaf stands for: its "body" is this hash
{ base64 -d salt.b64; cat record.json; } | sha256sum
grep -o '"body":"[0-9a-f]*"' leaf.json
cd ../..
`;

const tools = "for tool in curl openssl sha256sum base64 sed grep awk; do command -v $tool || exit 1; done";

/** Whether this machine has what the commands need besides Node. */
export function canProve(): boolean {
  const version = spawnSync("sh", ["-c", `${tools} && openssl version`], { encoding: "utf8" });
  return version.status === 0 && /^OpenSSL [3-9]/m.test(version.stdout);
}

/** Where the example is run. */
export interface Place {
  readonly address: string;
  readonly dataFolder: string;
  readonly databaseUrl: string;
}

const projectFolder = join(__dirname, "..", "..");

/** The example and what it prints, but for what is another one at each run. */
export function proving(place: Place): string {
  const output = normalForm(run(place));
  return `\`\`\`sh\n${commands}\`\`\`\n\nprints\n\n\`\`\`text\n${output}\`\`\`\n`;
}

/** Stands for npm in the commands: the test has no need to build the program for each of them. */
const npmFromSources = `npm() {
  script=$3
  shift 4
  if [ "$script" = token ]; then set -- token "$@"; fi
  (cd '${projectFolder}' && node --require ./test/cluster/runTypeScript.js src/cli.ts "$@")
}
`;

/** Runs the commands as they are shown, against the service of the test, in a folder of their own. */
function run({ address: here, dataFolder, databaseUrl }: Place): string {
  const folder = mkdtempSync(join(tmpdir(), "proving-"));
  symlinkSync(join(projectFolder, "verifier"), join(folder, "verifier"));
  const script = npmFromSources + commands.replaceAll(address, here);
  try {
    const { PATH = "" } = process.env;
    const env = { PATH, ESI_MODE: "local", ESI_DATA_DIR: dataFolder, DATABASE_URL: databaseUrl };
    const { status, stdout, stderr } = spawnSync("sh", ["-ec", script], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    if (status !== 0) throw new Error(`the commands end with ${status}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Hashes, ids, times and sizes are not the same twice. The two hashes of the record must be. */
function normalForm(output: string): string {
  const [computed, stated] = [/^([0-9a-f]{64}) /m, /"body":"([0-9a-f]{64})"/].map(
    (form) => form.exec(output)?.[1],
  );
  if (computed === undefined || computed !== stated) throw new Error(`the record is another one:\n${output}`);
  return output
    .replaceAll(/\b[0-9a-f]{64}\b/g, "<hash in hex>")
    .replaceAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g, "<hash>")
    .replaceAll(/\+[0-9a-f]{8}\b/g, "+<key id>")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT[0-9:.]+Z/g, "<time>")
    .replaceAll(
      /All \d+ decisions of the member up to number \d+/g,
      "All <n> decisions of the member up to number <n>",
    )
    .replaceAll(/has \d+ entries/g, "has <n> entries")
    .replaceAll(/is entry \d+ of/g, "is entry <i> of");
}
