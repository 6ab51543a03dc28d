import { Replacement, Sabotage } from "./sabotage";

/* Mistakes in the audit log, in reads, and in what the service writes about its work. */

const sealing = "src/store/sealing.ts";
const presentErrors = "src/http/presentErrors.ts";
const reading = "src/cases/reading.ts";

const byNewestId: readonly Replacement[] = [
  {
    file: sealing,
    from: "/** What waits in each table, in the order of the index. */",
    to: `const newestSealed = (table: string) => \`coalesce(
  (select l.entry_id from audit_leaf l where l.source = '\${table}' order by l.leaf_index desc limit 1),
  '00000000-0000-0000-0000-000000000000')\`;
`,
  },
  {
    file: sealing,
    from: `where e.xact >= $1::xid8 and e.xact < pg_snapshot_xmin(pg_current_snapshot())
        and not exists (select from audit_leaf l where l.entry_id = e.id)
      order by e.xact, e.\${ordinal}, e.id
`,
    to: `where $1::xid8 is not null and e.id > \${newestSealed(table)}
      order by e.id
`,
  },
  {
    file: sealing,
    from: ` order by xact, source, ordinal, entry_id
`,
    to: ` order by entry_id
`,
  },
  {
    file: sealing,
    from: `where e.xact >= $1::xid8 and e.xact < pg_snapshot_xmax(pg_current_snapshot())
        and not exists (select from audit_leaf l where l.entry_id = e.id)
      order by e.xact
`,
    to: `where $1::xid8 is not null and e.id > \${newestSealed(table)}
      order by e.id
`,
  },
];

const keptReads: readonly Replacement[] = [
  {
    file: reading,
    from: "  return answering(store.readStream(database, memberId));",
    to: "  return keptASecond([memberId], () => answering(store.readStream(database, memberId)));",
  },
  {
    file: reading,
    from: `  const decisions = await answering(
    store.readStreamBackwards(database, memberId, beforeSequence, size + 1, knownAt),
  );`,
    to: `  const decisions = await keptASecond([memberId, beforeSequence, knownAt, size], () =>
    answering(store.readStreamBackwards(database, memberId, beforeSequence, size + 1, knownAt)),
  );`,
  },
  {
    file: reading,
    from: "const decisionId = /",
    to: `const kept = new Map<string, { readonly until: number; readonly answer: Promise<Decision[]> }>();

function keptASecond(asked: readonly unknown[], read: () => Promise<Decision[]>): Promise<Decision[]> {
  const key = JSON.stringify(asked);
  const known = kept.get(key);
  if (known && known.until > performance.now()) return known.answer;
  const answer = read();
  answer.catch(() => kept.delete(key));
  kept.set(key, { until: performance.now() + 1_000, answer });
  return answer;
}

const decisionId = /`,
  },
];

const loggedFailures: readonly Replacement[] = [
  {
    file: presentErrors,
    from: "logIfOurs(log, fault, requestId);",
    to: "logIfOurs(log, fault, requestId, outcome.request.variables);",
  },
  {
    file: presentErrors,
    from: "{ error, code }: Fault, requestId: string): void {",
    to: "{ error, code }: Fault, requestId: string, variables: object | undefined): void {",
  },
  {
    file: presentErrors,
    from: "const record = { requestId,",
    to: "const record = { requestId, reason: JSON.stringify(variables),",
  },
];

export const sealingAndShowingSabotages: readonly Sabotage[] = [
  {
    name: "sealed-by-newest-id",
    meaning: "The sealer takes what has a higher id than the last leaf; what commits later has a lower one.",
    caughtBy: ["I10"],
    needs: ["holdBackCommit"],
    showsWhen: "the sealer looks between the commits of two decisions, of which the later began first",
    replacements: byNewestId,
  },
  {
    name: "sealed-without-horizon",
    meaning: "The sealer goes by transactions, and does not wait for earlier ones that still run.",
    caughtBy: ["I10"],
    needs: ["holdBackCommit"],
    showsWhen: "the sealer looks between the commits of two decisions, of which the later began first",
    replacements: [
      {
        file: sealing,
        from: " and e.xact < pg_snapshot_xmin(pg_current_snapshot())",
        to: "",
      },
    ],
  },
  {
    name: "reads-a-second-old",
    meaning: "What was read of a member is served for a second, whatever is decided meanwhile.",
    caughtBy: ["I9"],
    needs: [],
    showsWhen: "a member is read twice within a second, and decided for in between",
    replacements: keptReads,
  },
  {
    name: "failures-logged-with-variables",
    meaning: "A request that could not be served is logged with its variables, to find out why.",
    caughtBy: ["I11"],
    needs: ["killDatabase"],
    showsWhen: "a request that names a member is answered with UNAVAILABLE",
    replacements: loggedFailures,
  },
  {
    name: "requests-logged-with-variables",
    meaning: "The line of a request names its variables beside its fields.",
    caughtBy: ["I11"],
    needs: [],
    showsWhen: "a request names a member in its variables",
    replacements: [
      {
        file: "src/http/operationNotes.ts",
        from: "notes.fields = rootFieldsOf(document, operation);",
        to: "notes.fields = [...rootFieldsOf(document, operation), JSON.stringify(request.variables)];",
      },
    ],
  },
];
