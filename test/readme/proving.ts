import { Place, runShown, shownAddress } from "./shownCommands";

/* The worked example of a proof, as README.md shows it and as it is run. */

const member = "DEMO-FOUR-SESSIONS";

const completeness = `query ($id: ID!) { memberCompleteness(memberId: $id) { head checkpoint { note } proofs { leafIndex leaf path opening { salt record } } unsealed { leaf } } }`;
const proof = `query ($id: ID!) { auditProof(decisionId: $id) { leaf tlogProof opening { salt record } } }`;

function download(query: string, id: string, file: string): string {
  return [
    `curl -s ${shownAddress}/graphql -H "authorization: Bearer $TOKEN" -H "content-type: application/json" \\`,
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

/** The example and what it prints, but for what is another one at each run. */
export function proving(place: Place): string {
  const output = normalForm(runShown(commands, place).printed);
  return `\`\`\`sh\n${commands}\`\`\`\n\nprints\n\n\`\`\`text\n${output}\`\`\`\n`;
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
