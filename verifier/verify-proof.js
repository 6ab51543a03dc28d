#!/usr/bin/env node
"use strict";
/*
 * Checks a proof taken from the audit log, and trusts nothing but the key it is given. One file, no packages:
 * read it, then run it with Node 18 or later.
 *
 * Formats: RFC 6962 section 2.1 (hashes), C2SP signed-note, tlog-checkpoint and tlog-proof (texts). The two
 * checks of the tree go step by step as in RFC 9162, sections 2.1.3.2 and 2.1.4.2.
 */
const { createHash, createPublicKey, verify } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { parseArgs } = require("node:util");

const usage = `Usage: node verify-proof.js --proof FILE --leaf FILE --key KEY [--salt FILE --record FILE]
                             [--other FILE --consistency FILE]
       node verify-proof.js --reply FILE --id ID --key KEY [--other FILE --consistency FILE]
       node verify-proof.js --completeness FILE --member ID --key KEY [--other FILE --consistency FILE]

  --proof        the .tlog-proof file
  --leaf         leaf.json, byte by byte as it was downloaded (no line feed at its end)
  --key          the log's verifier key, <name>+<id>+<base64>, or @FILE that holds it. Take it from somebody
                 you trust, not from the log. Repeat it where the log has several keys.
  --record       record.json, the whole content that the leaf stands for
  --salt         salt.b64, which belongs to the record of a decision
  --reply        the reply to auditProof as it was downloaded, with the fields leaf, tlogProof and, if the
                 record is to be checked, opening { salt record }: stands for the files above
  --id           the decision that was asked for: the reply could be about another one
  --completeness the reply to memberCompleteness as it was downloaded, with the fields head,
                 checkpoint { note }, proofs { leafIndex leaf path opening { salt record } } and
                 unsealed { leaf }. Repeat it, in their order, for the parts of a long list.
  --member       the member whose decisions they are to be
  --other        another checkpoint of the same log: an older or a newer one, or one that somebody else holds
  --consistency  the path between the two checkpoints, one hash a line; not needed where they are of one size

Exit status: 0 everything holds, 1 something does not, 2 it could not be checked.
`;

/** What was given does not hold. */
class Refused extends Error {}
/** The check cannot be made. */
class Impossible extends Error {}

function refuseUnless(holds, reason) {
  if (!holds) throw new Refused(reason);
}

/* Hashes */

const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leafHashOf = (leaf) => sha256(Buffer.of(0), leaf);
const nodeHashOf = (left, right) => sha256(Buffer.of(1), left, right);

/** RFC 9162, 2.1.3.2 */
function isIncluded(index, leafHash, path, { size, root }) {
  if (index >= size) return false;
  let fn = index;
  let sn = size - 1n;
  let r = leafHash;
  for (const p of path) {
    if (sn === 0n) return false;
    if (fn % 2n === 1n || fn === sn) {
      r = nodeHashOf(p, r);
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      r = nodeHashOf(r, p);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && r.equals(root);
}

/** RFC 9162, 2.1.4.2. A tree of no entries is the beginning of none, and equal sizes need equal roots. */
function isConsistent(first, second, path) {
  if (first.size === 0n || first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  if (path.length === 0) return false;
  const isPowerOfTwo = (first.size & (first.size - 1n)) === 0n;
  const [seed, ...rest] = isPowerOfTwo ? [first.root, ...path] : path;
  let [fn, sn] = [first.size - 1n, second.size - 1n];
  while (fn % 2n === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let [fr, sr] = [seed, seed];
  for (const c of rest) {
    if (sn === 0n) return false;
    if (fn % 2n === 1n || fn === sn) {
      fr = nodeHashOf(c, fr);
      sr = nodeHashOf(c, sr);
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      sr = nodeHashOf(sr, c);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && fr.equals(first.root) && sr.equals(second.root);
}

/* Texts */

/** Only the one standard way to write the bytes is taken: Buffer reads a good many others. */
function base64(text, what) {
  const bytes = Buffer.from(text, "base64");
  refuseUnless(bytes.toString("base64") === text, `${what} is not in standard Base64`);
  return bytes;
}

function hash(text, what) {
  const bytes = base64(text, what);
  refuseUnless(bytes.length === 32, `${what} is no hash of 32 bytes`);
  return bytes;
}

function whole(text, what) {
  refuseUnless(/^(0|[1-9][0-9]{0,18})$/.test(text), `${what} is not a whole number in decimal digits`);
  return BigInt(text);
}

function utf8(bytes, what) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(`${what} is no UTF-8 text`);
  }
}

function readKey(given) {
  const text = (given.startsWith("@") ? read(given.slice(1)).toString("utf8") : given).trim();
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text);
  const bytes = Buffer.from(match ? match[3] : "", "base64");
  if (bytes.length !== 33 || bytes[0] !== 1)
    throw new Impossible("the key is no verifier key of Ed25519: <name>+<id>+<base64>");
  const [, name, id] = match;
  if (sha256(Buffer.from(`${name}\n`), bytes).toString("hex", 0, 4) !== id)
    throw new Impossible("the id in the verifier key is not that of its name and key: is it complete?");
  const x = bytes.subarray(1).toString("base64url");
  return { name, id, publicKey: createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } }) };
}

/** The checkpoint in a note that one of the keys signed. Signatures of other keys say nothing. */
function openCheckpoint(note, keys, what) {
  refuseUnless(
    !/[\0-\x09\x0b-\x1f]/.test(note),
    `${what} has a control character, such as CR at a line's end`,
  );
  const split = note.lastIndexOf("\n\n");
  refuseUnless(split >= 0 && note.endsWith("\n"), `${what} is cut off: a line feed is missing`);
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  const signedBy = new Set();
  for (const line of lines) {
    const match = /^\u2014 ([^\s+]+) (\S+)$/.exec(line);
    refuseUnless(match, `${what} has a malformed signature line`);
    const bytes = base64(match[2], `a signature of ${what}`);
    refuseUnless(bytes.length > 4, `a signature of ${what} is too short`);
    const key = keys.find(({ name, id }) => name === match[1] && id === bytes.toString("hex", 0, 4));
    if (!key) continue;
    const holds = verify(null, Buffer.from(text, "utf8"), key.publicKey, bytes.subarray(4));
    refuseUnless(holds, `the signature of ${what} by ${key.name}+${key.id} is false`);
    signedBy.add(key);
  }
  refuseUnless(signedBy.size > 0, `${what} has no signature by the given key`);
  const [origin, size, root, ...rest] = text.slice(0, -1).split("\n");
  refuseUnless(root !== undefined && rest.length === 0, `${what} has not three lines`);
  const isOwn = [...signedBy].some(({ name }) => name === origin);
  refuseUnless(isOwn, `${what} is of the log ${shown(origin)}, and the key is not that log's`);
  return {
    origin,
    size: whole(size, `the size in ${what}`),
    root: hash(root, `the root in ${what}`),
    signedBy,
  };
}

function openProof(text) {
  const split = text.indexOf("\n\n");
  refuseUnless(split >= 0, "the proof has no empty line before its checkpoint");
  const [first, second = "", ...path] = text.slice(0, split).split("\n");
  refuseUnless(first === "c2sp.org/tlog-proof@v1", "the proof does not begin with c2sp.org/tlog-proof@v1");
  refuseUnless(second.startsWith("index "), "the second line of the proof is no index");
  const index = whole(second.slice("index ".length), "the index in the proof");
  return { index, path: path.map((line) => hash(line, "a line of the proof")), note: text.slice(split + 2) };
}

/* What was asked for */

/** What a text from elsewhere says, in characters that do nothing to a terminal. */
function shown(value) {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The object that the bytes are the JSON text of, or undefined. */
function objectIn(bytes) {
  try {
    const value = JSON.parse(utf8(bytes, "the text"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The leaf's members, or undefined where it is not JSON in the one form that has no member twice. */
function membersOf(leaf) {
  const members = objectIn(leaf);
  return members && Buffer.from(JSON.stringify(members), "utf8").equals(leaf) ? members : undefined;
}

const endsWithLineFeed = (bytes) => bytes.length > 0 && bytes[bytes.length - 1] === 0x0a;

/** Which member of a record says the same as which member of its leaf. */
const same = {
  decision: {
    ...{ id: "id", at: "decidedAt", seq: "memberSequence", client: "clientId", kind: "kind" },
    ...{ disposition: "disposition", engine: "engineVersion", policy: "policyVersionId" },
  },
  "policy-exception": { id: "id", at: "declaredAt", seq: "sequence" },
};

function checkRecord(members, record, salt) {
  const names = members && Object.hasOwn(same, members.type) ? same[members.type] : undefined;
  refuseUnless(names, "the leaf stands for no record");
  const isSalted = members.type === "decision";
  if (isSalted && !salt) throw new Impossible("the record of a decision needs --salt");
  refuseUnless(!isSalted || salt.length === 16, "the salt has not 16 bytes");
  const body = sha256(isSalted ? salt : Buffer.alloc(0), record).toString("hex");
  const hint = endsWithLineFeed(record) ? ": it ends with a line feed that does not belong to it" : "";
  refuseUnless(body === members.body, `the record is not the one that the leaf stands for${hint}`);
  const said = membersOf(record);
  refuseUnless(said, "the record is no JSON object in its one form");
  for (const [inLeaf, inRecord] of Object.entries(names)) {
    const stated = said[inRecord] === undefined ? null : said[inRecord];
    refuseUnless(stated === members[inLeaf], `leaf and record differ in ${inRecord}`);
  }
}

/* A member's decisions */

/** What a reply says of a member's decisions. */
function openCompleteness(file) {
  const reply = objectIn(read(file));
  const found = reply && (reply.data ? reply.data.memberCompleteness : reply);
  const isComplete =
    found && Number.isInteger(found.head) && found.checkpoint && typeof found.checkpoint.note === "string";
  if (!isComplete || !Array.isArray(found.proofs) || !Array.isArray(found.unsealed))
    throw new Impossible(`${file} is no reply to memberCompleteness with all its fields`);
  return found;
}

const noteOf = ({ checkpoint: { note } }) => note;

/** The leaf's bytes, as long as it is the next link of the stream. */
function linkOf(entry, seq, previous, what) {
  refuseUnless(entry && typeof entry.leaf === "string", `${what} has no leaf`);
  const leaf = Buffer.from(entry.leaf, "utf8");
  const members = membersOf(leaf);
  refuseUnless(members && members.type === "decision", `the leaf of ${what} is that of no decision`);
  refuseUnless(members.seq === seq, `the leaf of ${what} has another place in the stream`);
  refuseUnless(members.prev === previous, `the leaf of ${what} does not name the one before it`);
  return { leaf, members, hash: leafHashOf(leaf).toString("hex") };
}

function checkMember(members, opening, member, what) {
  const isGiven = opening && typeof opening.salt === "string" && typeof opening.record === "string";
  if (!isGiven) throw new Impossible(`${what} has no opening: without it nobody knows whose it is`);
  const record = Buffer.from(opening.record, "utf8");
  checkRecord(members, record, base64(opening.salt, `the salt of ${what}`));
  refuseUnless(objectIn(record).memberId === member, `${what} is another member's`);
}

/** Sentences that say what holds of a member's decisions; throws where anything does not. */
function checkComplete(asked) {
  const keys = asked.key.map(readKey);
  const parts = asked.completeness.map(openCompleteness);
  const [{ head }] = parts;
  const note = noteOf(parts[0]);
  const isOne = parts.every((part) => noteOf(part) === note && part.head === head);
  refuseUnless(isOne, "the parts are of several checkpoints: ask for all with one treeSize");
  const checkpoint = openCheckpoint(note, keys, "the checkpoint");
  const proofs = parts.flatMap((part) => part.proofs);
  if (head === 0) throw new Impossible("no decision of the member is shown, which proves nothing");
  const counted = `there are ${proofs.length} proofs, and the head is ${head}`;
  refuseUnless(proofs.length <= head, counted);
  let [previous, lastIndex] = [null, -1n];
  proofs.forEach((proof, place) => {
    const what = `decision ${place + 1}`;
    const { leaf, members, hash: leafHash } = linkOf(proof, place + 1, previous, what);
    const index = whole(String(proof.leafIndex), `the index of ${what}`);
    const path = (Array.isArray(proof.path) ? proof.path : []).map((line) => hash(String(line), what));
    const isIn = isIncluded(index, leafHashOf(leaf), path, checkpoint);
    refuseUnless(isIn, `the proof of ${what} does not lead to the checkpoint`);
    refuseUnless(index > lastIndex, `${what} stands before its predecessor in the log`);
    checkMember(members, proof.opening, asked.member, what);
    [previous, lastIndex] = [leafHash, index];
  });
  if (proofs.length < head) throw new Impossible(`${counted}: ask for the rest with from, in a further part`);
  const unsealed = parts.flatMap((part) => part.unsealed);
  unsealed.forEach((entry, place) => {
    previous = linkOf(entry, head + place + 1, previous, `decision ${head + place + 1}`).hash;
  });
  const sentences = [
    `The checkpoint is signed; it says that the log ${checkpoint.origin} has ${checkpoint.size} entries.`,
    `All ${head} decisions of the member up to number ${head} are in it, each naming the one before it:`,
    "none of them was altered or taken away, and none before the last can be missing.",
    ...(unsealed.length > 0 ? [`${unsealed.length} more are not in it yet; ask again with a newer one.`] : []),
  ];
  if (asked.other) sentences.push(checkOther(asked, checkpoint, keys));
  return [
    ...sentences,
    "Not shown by this: that nothing came after the last decision (only the entries of the whole log, or a",
    "receipt, show that); that the person has no other member id; and that the key is the log's own.",
  ];
}

function checkOther(asked, checkpoint, keys) {
  const other = openCheckpoint(utf8(read(asked.other), "the other checkpoint"), keys, "the other checkpoint");
  refuseUnless(other.origin === checkpoint.origin, `the other checkpoint is of the log ${other.origin}`);
  if (!asked.consistency && other.size !== checkpoint.size)
    throw new Impossible("checkpoints of two sizes can only be compared with --consistency");
  const lines = asked.consistency ? utf8(read(asked.consistency), "the path").replace(/\n$/, "") : "";
  const path = lines === "" ? [] : lines.split("\n").map((line) => hash(line, "a line of the path"));
  const [first, second] = other.size < checkpoint.size ? [other, checkpoint] : [checkpoint, other];
  const forked = "the other checkpoint has as many entries but another root: the log has shown two histories";
  refuseUnless(first.size !== second.size || first.root.equals(second.root), forked);
  const rewritten = "the path does not show that one checkpoint continues the other";
  refuseUnless(isConsistent(first, second, path), rewritten);
  if (first.size === second.size) return "The other checkpoint says the same of the log.";
  return (
    `The other checkpoint has ${other.size} entries. The first ${first.size} of both are the same:\n` +
    "since the earlier one, entries were only added at the end."
  );
}

/** What is to be checked of one entry, from files of its own. */
function openFiles({ proof, leaf, record, salt }) {
  return {
    proof: utf8(read(proof), "the proof"),
    leaf: read(leaf),
    record: record && read(record),
    salt: salt && base64(read(salt).toString("utf8").trim(), "the salt"),
  };
}

/** The same from the reply to auditProof. */
function openReply(file, id) {
  const reply = objectIn(read(file));
  const found = reply && (reply.data ? reply.data.auditProof : reply);
  if (!found || typeof found.tlogProof !== "string" || typeof found.leaf !== "string")
    throw new Impossible(`${file} is no reply to auditProof with the fields leaf and tlogProof`);
  const { tlogProof: proof, opening } = found;
  const leaf = Buffer.from(found.leaf, "utf8");
  const stated = membersOf(leaf);
  refuseUnless(!id || (stated && stated.id === id), `the proof is not that of ${shown(id)}`);
  if (!opening) return { proof, leaf };
  const record = Buffer.from(String(opening.record), "utf8");
  return { proof, leaf, record, salt: base64(String(opening.salt), "the salt") };
}

/** Sentences that say what holds; throws where anything does not. */
function check(asked) {
  const keys = asked.key.map(readKey);
  const { proof: proofText, leaf, record, salt } = asked.reply ? openReply(asked.reply, asked.id) : openFiles(asked);
  const leafHash = leafHashOf(leaf);
  const proof = openProof(proofText);
  const checkpoint = openCheckpoint(proof.note, keys, "the checkpoint");
  const { origin, size, root, signedBy } = checkpoint;
  const hint = endsWithLineFeed(leaf) ? ": the leaf ends with a line feed that does not belong to it" : "";
  const isIn = isIncluded(proof.index, leafHash, proof.path, checkpoint);
  refuseUnless(isIn, `the proof does not lead from this leaf to the checkpoint${hint}`);
  const by = [...signedBy].map(({ name, id }) => `${name}+${id}`).join(" and ");
  const sentences = [
    `The checkpoint is signed with the key ${by}.`,
    `It says that the log ${origin} has ${size} entries and the root hash ${root.toString("base64")}.`,
    `The leaf is entry ${proof.index} of them, counted from 0. Its hash is ${leafHash.toString("base64")}.`,
  ];
  const members = membersOf(leaf);
  for (const name of ["type", "id", "at", "seq", "kind", "disposition", "policy"])
    if (members && members[name] !== undefined) sentences.push(`  ${name}: ${shown(members[name])}`);
  if (record) {
    checkRecord(members, record, salt);
    sentences.push("The record is the one that the leaf stands for.");
  }
  if (asked.other) sentences.push(checkOther(asked, checkpoint, keys));
  return [
    ...sentences,
    "Not shown by this: that the key is the log's own, and that everybody is shown the same log. Compare the",
    "key with what others received, and checkpoints with theirs: one number of entries has one root hash.",
  ];
}

function read(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Impossible(`${file} cannot be read (${error.code})`);
  }
}

function askedFor(args) {
  const text = { type: "string" };
  const several = { ...text, multiple: true };
  const options = { proof: text, leaf: text, salt: text, record: text, other: text, consistency: text };
  try {
    const { values } = parseArgs({
      args,
      options: { ...options, reply: text, id: text, member: text, key: several, completeness: several },
    });
    const { proof, leaf, salt, record, reply, id, member, completeness } = values;
    const isFiles = proof && leaf && (record || !salt);
    const isAnyFile = proof || leaf || salt || record;
    const ways = [isFiles, reply && !isAnyFile, completeness && member && !isAnyFile].filter(Boolean);
    const isOneWay =
      ways.length === 1 && Boolean(completeness) === Boolean(member) && Boolean(reply) === Boolean(id);
    if (values.key && isOneWay && (values.other || !values.consistency)) return values;
  } catch (error) {
    throw new Impossible(`${error.message}\n\n${usage}`);
  }
  const needed =
    "--key is needed, with --proof and --leaf, or --reply and --id, or --completeness and --member; --salt needs " +
    "--record, --consistency needs --other";
  throw new Impossible(`${needed}\n\n${usage}`);
}

function main(args) {
  try {
    const asked = askedFor(args);
    const sentences = asked.completeness ? checkComplete(asked) : check(asked);
    process.stdout.write(`VERIFIED\n${sentences.join("\n")}\n`);
  } catch (error) {
    const isRefused = error instanceof Refused;
    process.stderr.write(`${isRefused ? "REFUSED" : "NOT CHECKED"}: ${error.message}\n`);
    process.exitCode = isRefused ? 1 : 2;
  }
}

if (require.main === module) main(process.argv.slice(2));
module.exports = { isIncluded, isConsistent };
