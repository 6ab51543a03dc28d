import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import type { Answered } from "./decideAll";

/** How many lines or claims are not as the policy has them; all are 0 where it is kept. */
export interface Judgement {
  readonly unitsTooMany: number;
  readonly unitsTooFew: number;
  readonly wrongPends: number;
  readonly wrongDispositions: number;
  readonly wrongRefusals: number;
  readonly overfilledWindows: number;
  readonly gapsInStreams: number;
}

const rowsAtOnce = 10_000;

const tables = `
  drop schema if exists judge cascade;
  create schema judge;
  create table judge.decided (
    member text, sequence int, number text, frequency text, original text, claim_type text, place text,
    billing text, rendering text, day date, disposition text);
  create table judge.line (
    member text, sequence int, line int, code text, modifiers text[], units int, allowed int, pended boolean);
  create table judge.refused (member text, original text, code text);`;

const questions: Readonly<Record<keyof Judgement, string>> = {
  unitsTooMany: "select count(*) from judge.expected where allowed > should_allow",
  unitsTooFew: "select count(*) from judge.expected where allowed < should_allow",
  wrongPends: "select count(*) from judge.expected where pended <> should_pend",
  wrongDispositions: `
    select count(*) from judge.claim c
    left join lateral (
      select case when count(*) = 0 then 'NOT_GOVERNED' when bool_or(should_pend) then 'PENDED'
                  when sum(should_allow) = sum(units) then 'APPROVED'
                  when sum(should_allow) = 0 then 'DENIED' else 'PARTIAL' end as disposition
      from judge.expected e where e.member = c.member and e.sequence = c.sequence) e on true
    where c.disposition <> case c.frequency when 'VOID' then 'VOIDED' else e.disposition end`,
  // What was wholly denied cannot be corrected, and all else that is sent can be decided.
  wrongRefusals: `
    select (select count(*) from judge.refused r
            where r.code <> 'ORIGINAL_DENIED' or not exists (
              select from judge.claim c where c.member = r.member and c.number = r.original and c.disposition = 'DENIED'))
         + (select count(*) from judge.claim c where c.disposition = 'DENIED' and c.ends is not null) as count`,
  // Of what is in force in the end, written once more without the tables of the judgement above.
  overfilledWindows: `
    with day as (
      select distinct c.member, judge.region(l.code) as region, c.day
      from judge.claim c join judge.line l using (member, sequence)
      where c.ends is null and l.allowed > 0 and judge.region(l.code) is not null)
    select count(*) from (
      select day, lag(day, 4) over (partition by member, region order by day) as fifth_last from day) d
    where fifth_last > day - interval '12 months'`,
  gapsInStreams: `
    select count(*) from (
      select from judge.decided group by member
      having count(*) <> max(sequence) or count(distinct sequence) <> count(*) or min(sequence) <> 1) gap`,
};

/** Judges the answers in the schema "judge" of a database, which is made anew. */
export async function judge(databaseUrl: string, answered: readonly Answered[]): Promise<Judgement> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(tables);
    await load(client, answered);
    await client.query(await readFile(join(__dirname, "judge.sql"), "utf8"));
    const counts: [string, number][] = [];
    for (const [name, question] of Object.entries(questions)) {
      const { rows } = await client.query<{ count: string }>(question);
      counts.push([name, Number(rows[0].count)]);
    }
    return judgementOf(new Map(counts));
  } finally {
    await client.end();
  }
}

function judgementOf(counts: ReadonlyMap<string, number>): Judgement {
  const count = (name: keyof Judgement) => counts.get(name) ?? Infinity;
  return {
    unitsTooMany: count("unitsTooMany"),
    unitsTooFew: count("unitsTooFew"),
    wrongPends: count("wrongPends"),
    wrongDispositions: count("wrongDispositions"),
    wrongRefusals: count("wrongRefusals"),
    overfilledWindows: count("overfilledWindows"),
    gapsInStreams: count("gapsInStreams"),
  };
}

async function load(client: Client, answered: readonly Answered[]): Promise<void> {
  for (let from = 0; from < answered.length; from += rowsAtOnce) {
    const some = answered.slice(from, from + rowsAtOnce);
    await insert(client, "decided", some.flatMap(decidedRow));
    await insert(client, "line", some.flatMap(lineRows));
    await insert(client, "refused", some.flatMap(refusedRow));
  }
  await client.query("analyze judge.decided, judge.line");
}

function insert(client: Client, table: string, rows: readonly object[]): Promise<unknown> {
  const from = `json_populate_recordset(null::judge.${table}, $1)`;
  return client.query(`insert into judge.${table} select * from ${from}`, [JSON.stringify(rows)]);
}

function decidedRow({ session, decision }: Answered): object[] {
  if (!decision) return [];
  return [
    {
      ...{ member: session.memberId, sequence: decision.memberSequence, number: session.claimNumber },
      ...{ frequency: session.frequency ?? "ORIGINAL", original: session.originalClaimNumber },
      ...{ claim_type: session.claimType, place: session.placeOfService, day: session.dateOfService },
      ...{ billing: session.billingProviderNpi, rendering: session.renderingProviderNpi },
      disposition: decision.disposition,
    },
  ];
}

/** What was billed, from what was sent; what came of it, from the answer. */
function lineRows({ session, decision }: Answered): object[] {
  if (!decision) return [];
  return session.lines.map(({ lineNumber, procedureCode, modifiers = [], units }) => {
    const line = decision.lines.find((one) => one.lineNumber === lineNumber);
    return {
      ...{ member: session.memberId, sequence: decision.memberSequence, line: lineNumber },
      ...{ code: procedureCode, modifiers: [...modifiers].sort(), units },
      ...{ allowed: line?.unitsAllowed, pended: line?.disposition === "PENDED" },
    };
  });
}

function refusedRow({ session, refusal }: Answered): object[] {
  const { memberId, originalClaimNumber } = session;
  return refusal === null ? [] : [{ member: memberId, original: originalClaimNumber, code: refusal }];
}
