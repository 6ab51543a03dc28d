import { LogCall } from "../../src/commands/verify/verification";
import { LogFinding } from "../../src/commands/verify/finding";
import { Connection } from "../../src/store/connection";
import { AttackedStore, attackedStore, copyOf, drop, victim } from "./attackedStore";
import {
  asOtherClaim,
  attack,
  changeLeafHash,
  forge,
  purgeByHand,
  rebuildTree,
  rewrite,
  signAnew,
} from "./attacks";
import { signCheckpoint } from "../../src/ledger/checkpoint";
import { sealExceptionEntry } from "../../src/ledger/exceptionLeaf";
import { TreeHead } from "../../src/ledger/merkle";
import { signReceipt } from "../../src/ledger/receipt";
import { sealEntries } from "../../src/sealer/sealEntries";
import { ExceptionEntry } from "../../src/policy/exceptionRegister";
import { keyFrom, origin } from "../ledger/logKeys";
import { receiptKey, seal } from "./sealedStore";
import { verified } from "./verified";

/* What a superuser does to a copy of a filled and sealed store, and what verifying it finds. */

let store: AttackedStore;
beforeAll(async () => {
  store = await attackedStore();
}, 120_000);
afterAll(() => store.remove());

type Act = (database: Connection) => Promise<unknown>;

const published = (): Partial<LogCall> => ({ checkpointFolder: store.checkpointFolder });
const holding = (): Partial<LogCall> => ({
  held: store.held.map((note) => ({ name: "the held checkpoint", note })),
});

/** The kinds, each with the decision (V1 is the victim's first) or else the leaf where it is first. */
function briefly(findings: readonly LogFinding[]): string[] {
  const names = new Map(store.victims.map(({ id }, place) => [id, `V${place + 1}`]));
  const places = new Map<string, string>();
  for (const { kind, id, leafIndex } of findings) {
    const name = names.get(id ?? "") ?? (id === null ? undefined : "other");
    const key = `${kind} ${name}`;
    if (!places.has(key)) places.set(key, `${kind} ${name ?? leafIndex ?? "nowhere"}`);
  }
  return [...places.values()];
}

async function found(act: Act, call: () => Partial<LogCall>, from = store.url): Promise<string[]> {
  const url = await copyOf(from);
  try {
    await attack(url, act);
    return briefly((await verified(url, call())).findings);
  } finally {
    await drop(url);
  }
}

const ofVictim = (place: number) => `id = '${store.victims[place - 1].id}'`;
const update =
  (set: string, place = 1) =>
  (database: Connection) =>
    database.query(`update decision set ${set} where ${ofVictim(place)}`);
const remove = (condition: () => string) => (database: Connection) =>
  database.query(`delete from decision where ${condition()}`);

async function rewriteFirst(database: Connection): Promise<void> {
  await rewrite(database, store.victims[0], asOtherClaim);
  await changeLeafHash(database, store.victims[0]);
}

/** All that follows from a changed decision is changed too. */
async function rewriteAll(database: Connection): Promise<void> {
  let previous: Buffer | undefined;
  for (const decision of store.victims) {
    previous = await rewrite(database, decision, previous ? undefined : asOtherClaim, previous);
    await changeLeafHash(database, decision);
  }
  await rebuildTree(database);
}

/** A member's decision and its leaf are gone, and the others have moved up. */
async function renumber(database: Connection): Promise<void> {
  await remove(() => ofVictim(3))(database);
  const index = "(select leaf_index from audit_leaf where entry_" + ofVictim(3) + ")";
  await database.query(`create temporary table gone as select ${index} as leaf_index`);
  await database.query("delete from audit_leaf where leaf_index = (select leaf_index from gone)");
  const behind = "where leaf_index > (select leaf_index from gone)";
  await database.query(`update audit_leaf set leaf_index = leaf_index + 1000000 ${behind}`);
  await database.query(`update audit_leaf set leaf_index = leaf_index - 1000001 ${behind}`);
}

/** Nothing in the database says that the log was longer. */
async function forgetTail(database: Connection): Promise<void> {
  const beyond = "where tree_size > (select count(*) from audit_leaf)";
  await database.query(`delete from audit_checkpoint ${beyond}`);
  await database.query(`delete from audit_head ${beyond}`);
  await rebuildTree(database);
}

const query = (statement: string) => (database: Connection) => database.query(statement);
const inTurn =
  (...acts: Act[]): Act =>
  async (database) => {
    for (const act of acts) await act(database);
  };
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const forged = { id: "01900000-0000-7000-8000-00000000cccc", memberId: "MEMBER-FORGED" };
const forgeAt = (minutes: number) => (database: Connection) =>
  forge(database, store.victims[0], { ...forged, decidedAt: minutesAgo(minutes) });
const asEarlyTransaction = (table: string, id = forged.id) =>
  query(`update ${table} set xact = '3' where id = '${id}'`);
const otherByte = (column: string, place: number) =>
  `${column} = set_byte(${column}, ${place}, 255 - get_byte(${column}, ${place}))`;
const withReceipts = (notes: () => readonly string[]) => () => ({
  receipts: notes().map((note) => ({ name: "receipt", note })),
});
const lostReceipt = () =>
  signReceipt(
    { origin, decisionId: forged.id, leafHash: Buffer.alloc(32), decidedAt: minutesAgo(2) },
    receiptKey.signer,
  );

const otherKey = keyFrom(60, origin);
const otherKeyId = otherKey.signer.key.keyId.toString("hex");
const noteOfOther = (head: TreeHead) => signCheckpoint({ origin, ...head }, [otherKey.signer]);

/** Stores another note of a stored checkpoint's tree, under the key that is not trusted. */
async function addNote(database: Connection, noteOf: (head: TreeHead) => string): Promise<void> {
  const [{ root: rootHash }] = await database.query<{ root: Buffer }[]>(
    "select root from audit_head where tree_size = 305",
  );
  const note = noteOf({ treeSize: 305n, rootHash });
  await database.query("insert into audit_checkpoint (tree_size, key_id, note) values (305, $1, $2)", [
    ...[otherKeyId, note],
  ]);
}

type Case = [name: string, act: Act, call: () => Partial<LogCall>, found: string[]];

const ofDecisions: Case[] = [
  ["1 a column", update("disposition = 'DENIED'"), published, ["COLUMN_MISMATCH V1"]],
  ["1 a list in a column", update("regions = '{LUMBAR,X}'"), published, ["COLUMN_MISMATCH V1"]],
  [
    "1 a time by a microsecond",
    update("decided_at = decided_at + interval '1 microsecond'"),
    published,
    ["COLUMN_MISMATCH V1"],
  ],
  [
    "2 a record",
    update(`record = replace(record, '"unitsAllowed":1', '"unitsAllowed":0')`, 2),
    published,
    ["BODY_MISMATCH V2"],
  ],
  ["2 a salt", update("salt = decode(repeat('00', 16), 'hex')", 3), published, ["BODY_MISMATCH V3"]],
  [
    "2 spaces in a record",
    update(`record = replace(record, '":', '": ')`, 2),
    published,
    ["BODY_MISMATCH V2", "NOT_CANONICAL V2"],
  ],
  [
    "2 a name twice in a record",
    update(`record = '{"clientId":"x",' || substr(record, 2)`, 2),
    published,
    ["BODY_MISMATCH V2", "NOT_CANONICAL V2"],
  ],
  ["2 no record", update("record = '[]'"), published, ["BODY_MISMATCH V1", "NOT_CANONICAL V1"]],
  [
    "2 a record of another shape",
    update(`record = '{"id":1}'`),
    published,
    ["BODY_MISMATCH V1", "COLUMN_MISMATCH V1"],
  ],
  [
    "3 record, columns and leaf",
    (database) => rewrite(database, store.victims[0], asOtherClaim),
    published,
    ["LEAF_HASH_MISMATCH V1", "CHAIN_BROKEN V2"],
  ],
  [
    "4 the leaf hash of the log too",
    rewriteFirst,
    () => ({ ...published(), ...withReceipts(() => store.receipts)() }),
    [
      "TILE_MISMATCH 52",
      "RECEIPT_UNKEPT V1",
      "ROOT_MISMATCH 99",
      "CHAIN_BROKEN V2",
      "CHECKPOINT_MISMATCH 304",
    ],
  ],
  ["5 all but what was signed", rewriteAll, () => ({}), ["CHECKPOINT_MISMATCH 304"]],
  ["6 all, and signed anew", inTurn(rewriteAll, signAnew), holding, ["CHECKPOINT_MISMATCH 304"]],
  ["6 by nobody who holds no older checkpoint", inTurn(rewriteAll, signAnew), () => ({}), []],
  ["7 the newest decision gone", remove(() => ofVictim(3)), published, ["DECISION_MISSING V3"]],
  [
    "8 the first gone",
    remove(() => ofVictim(1)),
    published,
    ["DECISION_MISSING V1", "CHAIN_BROKEN V2", "SEQUENCE_GAP V2"],
  ],
  [
    "8 a middle one gone",
    remove(() => ofVictim(2)),
    published,
    ["DECISION_MISSING V2", "CHAIN_BROKEN V3", "SEQUENCE_GAP V3"],
  ],
  [
    "9 a whole member gone",
    remove(() => `member_id = '${victim}'`),
    published,
    ["DECISION_MISSING V1", "DECISION_MISSING V2", "DECISION_MISSING V3"],
  ],
  [
    "11 records swapped",
    query(`update decision one set record = other.record from decision other
            where (one.member_id, other.member_id) in (('${victim}', 'CROWD-0'), ('CROWD-0', '${victim}'))
              and one.member_sequence = 1 and other.member_sequence = 1`),
    published,
    ["BODY_MISMATCH other", "COLUMN_MISMATCH other", "BODY_MISMATCH V1", "COLUMN_MISMATCH V1"],
  ],
  [
    "11 a decision copied to another member",
    (database) => copyDecision(database),
    published,
    ["COLUMN_MISMATCH V3", "CHAIN_BROKEN V3", "TIME_ORDER V3", "LOG_ORDER V3", "DUPLICATE_ID V3"],
  ],
  ["12 one made in the past", inTurn(forgeAt(1_000), seal), published, ["TIME_ORDER other"]],
  [
    "13 one with the number of an old transaction",
    inTurn(forgeAt(2), query(`update decision set xact = '3' where id = '${forged.id}'`), sealsNothing),
    published,
    ["LEAF_MISSING other"],
  ],
  [
    "13 one with the number of an old transaction, made in the future",
    inTurn(forgeAt(-10), asEarlyTransaction("decision"), sealsNothing),
    published,
    ["TIME_ORDER other", "LEAF_MISSING other"],
  ],
  [
    "13 one with the number of an old transaction, made just now",
    inTurn(forgeAt(0), asEarlyTransaction("decision"), sealsNothing),
    published,
    ["LEAF_MISSING other"],
  ],
  ["13 one made in the future", inTurn(forgeAt(-10), seal), published, ["TIME_ORDER other"]],
  [
    "13 an exception in the future, with the number of an old transaction",
    inTurn(forgeException, sealsNothing),
    published,
    ["TIME_ORDER other", "LEAF_MISSING other"],
  ],
  [
    "13 a purge in the future, with the number of an old transaction",
    inTurn(
      (database) => purgeByHand(database, [], "2040-01-01T00:00:00.000Z"),
      asEarlyTransaction("purge", "01900000-0000-7000-8000-00000000bbbb"),
      sealsNothing,
    ),
    published,
    ["TIME_ORDER other", "LEAF_MISSING other"],
  ],
  [
    "14 one deleted before it was sealed",
    nothing,
    withReceipts(() => [lostReceipt()]),
    ["RECEIPT_UNKEPT other"],
  ],
  [
    "20 decisions purged that are too young",
    inTurn((database) => purgeByHand(database, store.victims), seal),
    published,
    ["PURGE_TOO_YOUNG V1", "PURGE_TOO_YOUNG V2", "PURGE_TOO_YOUNG V3"],
  ],
  [
    "20 decisions purged in the future that are too young by now",
    inTurn((database) => purgeByHand(database, store.victims, "2040-01-01T00:00:00.000Z"), seal),
    published,
    ["PURGE_TOO_YOUNG V1", "PURGE_TOO_YOUNG V2", "PURGE_TOO_YOUNG V3", "TIME_ORDER other"],
  ],
  [
    "20 decisions said to be purged by no purge",
    inTurn((database) => purgeByHand(database, store.victims), query("delete from purge where sequence = 2")),
    published,
    [
      ...["COLUMN_MISMATCH V1", "DECISION_MISSING V1", "COLUMN_MISMATCH V2", "DECISION_MISSING V2"],
      ...["COLUMN_MISMATCH V3", "DECISION_MISSING V3"],
    ],
  ],
  [
    "20 what no purge left, and was never in the log",
    query(`insert into purged_decision (entry_id, purge_sequence, leaf) values ('${forged.id}', 7, '{}')`),
    published,
    ["COLUMN_MISMATCH other"],
  ],
];

const ofTheLog: Case[] = [
  ["nothing, of what was never touched", nothing, () => everything(), []],
  [
    "10 a row and its leaf gone, the log renumbered",
    renumber,
    () => ({}),
    ["TILE_MISMATCH 254", "ROOT_MISMATCH 299", "CHECKPOINT_MISMATCH 304", "TREE_BEHIND 321"],
  ],
  [
    "10 and the tree rebuilt",
    inTurn(renumber, forgetTail),
    holding,
    ["CHECKPOINT_MISMATCH 304", "TREE_BEHIND 321"],
  ],
  [
    "15 the tail of the log cut",
    query("delete from audit_leaf where leaf_index >= 254"),
    () => ({}),
    ["TREE_BEHIND 299", "LEAF_MISSING other", "LEAF_MISSING V3"],
  ],
  [
    "15 and all that told of it",
    inTurn(query("delete from audit_leaf where leaf_index >= 200"), forgetTail),
    holding,
    ["TREE_BEHIND 304", "LEAF_MISSING other", "LEAF_MISSING V3"],
  ],
  [
    "16 a hash of a tile",
    query(`update audit_tile set ${otherByte("hashes", 3_205)}`),
    published,
    ["TILE_MISMATCH 100"],
  ],
  [
    "16 the root of a tile",
    query(`update audit_tile set ${otherByte("root", 0)}`),
    published,
    ["TILE_MISMATCH 0"],
  ],
  ["16 a tile gone", query("delete from audit_tile"), published, ["TILE_MISMATCH 0"]],
  [
    "16 a tile too many",
    query("insert into audit_tile select 0, 1, hashes, root from audit_tile"),
    published,
    ["TILE_MISMATCH nowhere"],
  ],
  [
    "17 a head",
    query(`update audit_head set ${otherByte("root", 31)} where tree_size = 200`),
    published,
    ["ROOT_MISMATCH 199"],
  ],
  [
    "17 the newest head gone",
    query("delete from audit_head where tree_size = 322"),
    published,
    ["TREE_BEHIND 321"],
  ],
  [
    "17 a stored checkpoint",
    query("update audit_checkpoint set note = replace(note, '305', '304') where tree_size = 305"),
    published,
    ["CHECKPOINT_INVALID 304"],
  ],
  [
    "17 a checkpoint under another size",
    query("update audit_checkpoint set tree_size = 300 where tree_size = 305"),
    () => ({}),
    ["CHECKPOINT_INVALID 299"],
  ],
  [
    "17 a stored checkpoint gone",
    query("delete from audit_checkpoint where tree_size = 305"),
    published,
    ["CHECKPOINT_MISSING 304"],
  ],
  [
    "17 a checkpoint that was never published",
    query("update audit_checkpoint set at = at - interval '2 minutes' where tree_size = 305"),
    () => ({ checkpointFolder: "/nowhere" }),
    ["CHECKPOINT_MISSING 304"],
  ],
  [
    "18 an older backup restored",
    (database) => database.query("select from audit_leaf"),
    holding,
    ["TREE_BEHIND 321"],
  ],
  [
    "19 an exception",
    query(`update policy_exception set record = replace(record, 'Notice', 'Letter')`),
    published,
    ["BODY_MISMATCH other"],
  ],
  [
    "19 who declared an exception",
    query("update policy_exception set declared_by = 'nobody'"),
    published,
    ["COLUMN_MISMATCH other"],
  ],
  [
    "19 the text of a policy version",
    query(`alter table policy_version drop constraint policy_version_content_hash_matches;
           update policy_version set content = replace(content, 'sessions', 'session')`),
    published,
    ["POLICY_HASH_MISMATCH other"],
  ],
  [
    "19 the text and its hash",
    query(`update policy_version set content = replace(content, 'sessions', 'session'), content_hash =
             sha256(convert_to(replace(content, 'sessions', 'session'), 'UTF8'))`),
    published,
    ["POLICY_HASH_MISMATCH other"],
  ],
  [
    "a leaf gone",
    query("delete from audit_leaf where leaf_index = 52"),
    () => ({}),
    ["LOG_GAP 52", "TREE_BEHIND 99", "LOG_ORDER V2", "LEAF_MISSING V1"],
  ],
  [
    "leaves of a stream in another order",
    inTurn(
      query("update audit_leaf set leaf_index = 1000 + leaf_index where leaf_index in (52, 153)"),
      query("update audit_leaf set leaf_index = 1205 - leaf_index where leaf_index > 1000"),
      rebuildTree,
      signAnew,
    ),
    () => ({}),
    ["LOG_ORDER V2", "TIME_ORDER other", "TIME_ORDER V1"],
  ],
  [
    "a second leaf of a decision, with another hash",
    inTurn(query("alter table audit_leaf drop constraint audit_leaf_entry"), (database) =>
      database.query(`insert into audit_leaf
          select count(*), (array_agg(entry_id) filter (where entry_${ofVictim(1)}))[1], 'decision',
                 decode(repeat('01', 32), 'hex') from audit_leaf`),
    ),
    () => ({}),
    ["DUPLICATE_ID V1", "LEAF_HASH_MISMATCH V1", "TIME_ORDER V1", "TREE_BEHIND 322"],
  ],
  [
    "17 a note by a key that is not trusted, beside a trusted one of the same text",
    (database) => addNote(database, noteOfOther),
    published,
    [],
  ],
  [
    "17 a note by a key that is not trusted, beside a trusted one of another text",
    (database) => addNote(database, (head) => noteOfOther({ ...head, rootHash: Buffer.alloc(32) })),
    published,
    ["CHECKPOINT_INVALID 304"],
  ],
  [
    "17 a note by a key that is not trusted, alone",
    inTurn(
      (database) => addNote(database, noteOfOther),
      query(`delete from audit_checkpoint where tree_size = 305 and key_id <> '${otherKeyId}'`),
    ),
    published,
    ["CHECKPOINT_INVALID 304"],
  ],
  [
    "a purge with another basis",
    query("update purge set basis = 'Schedule 8'"),
    published,
    ["COLUMN_MISMATCH other"],
  ],
  [
    "what a purge left gone",
    query(
      "delete from purged_decision where entry_id = (select min(entry_id::text)::uuid from purged_decision)",
    ),
    published,
    ["DECISION_MISSING other", "CHAIN_BROKEN other", "SEQUENCE_GAP other"],
  ],
  [
    "the work list",
    query("delete from readjudication_candidate where member_sequence = 5"),
    published,
    ["WORK_LIST_MISMATCH other"],
  ],
];

function everything(): Partial<LogCall> {
  return { ...published(), ...holding(), ...withReceipts(() => store.receipts)() };
}

async function nothing(): Promise<void> {
  // What was attacked was never in the database.
}

async function forgeException(database: Connection): Promise<void> {
  const [{ record }] = await database.query<{ record: string }[]>(
    "select record from policy_exception order by sequence desc limit 1",
  );
  const last: ExceptionEntry = JSON.parse(record);
  const entry = { ...last, sequence: last.sequence + 1, id: forged.id, declaredAt: minutesAgo(-10) };
  const sealed = sealExceptionEntry(entry);
  await database.query(
    `insert into policy_exception (sequence, id, declared_at, declared_by, record, leaf, xact)
     values ($1, $2, $3, $4, $5, $6, '3')`,
    [entry.sequence, entry.id, entry.declaredAt, entry.declaredBy, sealed.record, sealed.leaf],
  );
}

async function sealsNothing(database: Connection): Promise<void> {
  const pass = await database.inTransaction(() => sealEntries(database));
  if (pass.kind !== "sealed" || pass.entries > 0) throw new Error("expected that nothing is sealed");
}

async function copyDecision(database: Connection): Promise<void> {
  const kept = `id, kind, disposition, claim_number, date_of_service, decided_at, client_id, idempotency_key,
    request_hash, supersedes, policy_version_id, regions, procedure_codes, failed_rules, provider_npis, record,
    salt, leaf`;
  await database.query(
    `insert into decision (member_id, member_sequence, ${kept})
     select 'CROWD-99', 4, ${kept} from decision where ${ofVictim(3)}`,
  );
}

test.each(ofDecisions)("of decisions is found: %s", async (_, act, call, expected) => {
  expect(await found(act, call)).toEqual(expected);
});

test.each(ofTheLog)("of the log is found: %s", async (name, act, call, expected) => {
  expect(await found(act, call, name.startsWith("18") ? store.olderUrl : store.url)).toEqual(expected);
});
