import { Replacement, Sabotage } from "./sabotage";

/* Mistakes in the two statements of the write path, and in what is told of them. */

const append = "src/store/append.ts";
const decideAndStore = "src/cases/decideAndStore.ts";
const decideInOrder = "src/cases/decideInOrder.ts";
const decisionTable = "migrations/1795392000000-decision.ts";

/** The first row of a member is stored behind the decision that it was decided on, and nowhere else. */
const guard = `
     and (member_sequence = 1 or previous_leaf_hash = (
       select previous.leaf_hash from decision previous
        where previous.member_id = n.member_id and previous.member_sequence = n.member_sequence - 1))`;

const withoutArbiter: readonly Replacement[] = [
  {
    file: decisionTable,
    from: `
  constraint decision_pkey primary key (member_id, member_sequence),`,
    to: "",
  },
  {
    file: decisionTable,
    from: "create index decision_id on decision (id);",
    to: `create index decision_id on decision (id);
create index decision_stream on decision (member_id, member_sequence);`,
  },
  { file: append, from: guard, to: "" },
  {
    file: append,
    from: `
  on conflict (member_id, member_sequence) do nothing`,
    to: "",
  },
];

const renumbering: readonly Replacement[] = [
  {
    file: decideInOrder,
    from: "const ruling = decide(request, read.stream, policy, { now: read.now, id: service.newId() });",
    to: `const ruling = decideOnce(
      request,
      decide(request, read.stream, policy, { now: read.now, id: service.newId() }),
    );`,
  },
  {
    file: decideInOrder,
    from: "function newRow(",
    to: `const decidedFirst = new WeakMap<Request, Decision>();

function decideOnce(request: Request, ruling: Ruling): Ruling {
  if (ruling.kind !== "decided") return ruling;
  const { id, memberSequence, decidedAt } = ruling.decision;
  const first = decidedFirst.get(request) ?? ruling.decision;
  decidedFirst.set(request, first);
  return { kind: "decided", decision: { ...first, id, memberSequence, decidedAt } };
}

function newRow(`,
  },
];

const answeringFirst: readonly Replacement[] = [
  {
    file: decideAndStore,
    from: `  return service.memberQueue.run(requests.map(memberIdOf), () => {
    service.observe({ what: "waited", milliseconds: service.elapsed() - cameAt });
    return decideUntilStored(requests, timely);
  });
}`,
    to: `  return new Promise((answer, fail) => {
    answers.set(requests[0], answer);
    const stored = service.memberQueue.run(requests.map(memberIdOf), () => {
      service.observe({ what: "waited", milliseconds: service.elapsed() - cameAt });
      return decideUntilStored(requests, timely);
    });
    stored.then(answer, fail);
  });
}

const answers = new WeakMap<Request, (rulings: Ruling[]) => void>();`,
  },
  {
    file: decideAndStore,
    from: "  const stored = await appendAll({ rows, changes }, path);",
    to: `  answers.get(requests[0])?.(requests.flatMap((request) => rulings.get(request) ?? []));
  await delay(25);
  const stored = await appendAll({ rows, changes }, path);`,
  },
  // What was answered is not given up.
  {
    file: "src/http/inTime.ts",
    from: "outgoing.destroyed || outgoing.writableEnded",
    to: "outgoing.destroyed && !outgoing.writableEnded",
  },
];

const eachRowForItself: readonly Replacement[] = [
  {
    file: append,
    from: `   where is_first
     and clock_timestamp() < decided_at + interval '5 seconds'${guard}
   order by member_id collate "C"
`,
    to: `   where clock_timestamp() < decided_at + interval '5 seconds'
   order by member_id collate "C", member_sequence
`,
  },
  {
    file: append,
    from: `), further_row as (
  insert into decision (\${columns})
  select \${columns}
    from new_row
   where not is_first and member_id in (select member_id from first_row)
   order by member_id collate "C", member_sequence
`,
    to: "",
  },
];

export const storingSabotages: readonly Sabotage[] = [
  {
    name: "sequence-stored-twice",
    meaning: "Nothing in the schema makes a place in a stream unique, and the INSERT looks at nothing.",
    caughtBy: ["I5", "I7"],
    needs: [],
    showsWhen: "two processes decide for one member at once",
    replacements: withoutArbiter,
  },
  {
    name: "renumbered-after-a-conflict",
    meaning: "After a conflict the decision takes the next free number, as it was decided before.",
    caughtBy: ["I7"],
    needs: [],
    showsWhen: "two processes decide at once for a member whose windows are nearly full",
    replacements: renumbering,
  },
  {
    name: "nothing-stored-taken-for-stored",
    meaning: "An INSERT that did nothing, because of a conflict, is taken for one that stored.",
    caughtBy: ["I1", "I3"],
    needs: [],
    showsWhen: "two processes decide for one member at once",
    replacements: [
      {
        file: append,
        from: "return new Set(stored.rows.map(({ member_id: memberId }) => memberId));",
        to: "return new Set(rows.map(({ memberId }) => memberId));",
      },
    ],
  },
  {
    name: "answered-before-the-insert",
    meaning: "The client is answered as soon as it is decided, and the row is written a moment later.",
    caughtBy: ["I1", "I3"],
    needs: ["killService"],
    showsWhen: "a process dies while it answers, or two decide for one member at once",
    replacements: answeringFirst,
  },
  {
    name: "commit-not-on-disk",
    meaning: "For speed a commit does not wait for the disk, so that an answer may be ahead of it.",
    caughtBy: ["I1"],
    needs: ["killDatabase"],
    showsWhen: "the database dies within a fifth of a second of an answer",
    replacements: [
      {
        file: "src/store/dataSource.ts",
        from: '"-c timezone=UTC ',
        to: '"-c timezone=UTC -c synchronous_commit=off ',
      },
    ],
  },
  {
    name: "conflict-inside-a-batch-ignored",
    meaning: "Each row of a batch is stored if its number is free, whatever became of the row before it.",
    caughtBy: ["I1", "I3", "I5", "I7"],
    needs: [],
    showsWhen: "a batch has several claims of a member that another process decides for at once",
    replacements: eachRowForItself,
  },
  {
    name: "unknown-outcome-told-as-failure",
    meaning: "A connection lost at the INSERT is told as a failure for good, though the row may be there.",
    caughtBy: ["I3"],
    needs: ["swallowReplyToInsert"],
    showsWhen: "the reply to an INSERT is lost after its commit",
    replacements: [
      {
        file: decideAndStore,
        from: 'if (failure === "connectionLost") return "unknown";',
        to: 'if (failure === "connectionLost") throw new Error("the decision could not be stored");',
      },
    ],
  },
];
