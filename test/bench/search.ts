import { DecidedPlace, DecisionFilter, searchDecisions } from "../../src/cases/searchDecisions";
import { Service } from "../../src/cases/service";
import { PlainDate } from "../../src/claim/plainDate";
import { quantile, Row } from "./table";

interface Question {
  /** A line of the table. */
  readonly group: string;
  readonly what: string;
  readonly filter: DecisionFilter;
}

const places = 12;
const aim = "p99 ≤ 50 ms";

interface Asked extends Question {
  readonly times: readonly number[];
}

/**
 * Pages of 20 and of 100, in both orders, from the beginning and from places all over the store, each with
 * what is said of its neighbours. The store is filled and vacuumed.
 */
export async function measureSearch(
  service: Service,
  tell: (row: Row) => void = () => undefined,
): Promise<Row[]> {
  const asked: Asked[] = [];
  for (const question of await questionsOf(service)) {
    const times = await timesOf(question.filter, service);
    tell({ what: question.what, measured: measuredOf(times), aim });
    asked.push({ ...question, times });
  }
  const groups = [...new Set(asked.map(({ group }) => group))];
  const rows = groups.map((group) =>
    rowOf(
      group,
      asked.filter((question) => question.group === group),
    ),
  );
  return [...rows, rowOf("all of these", asked)];
}

/** The median page of them all, and the question with the slowest pages. */
function rowOf(group: string, asked: readonly Asked[]): Row {
  const slowness = ({ times }: Asked) => quantile(times, 0.99);
  const slowest = asked.reduce((one, other) => (slowness(other) > slowness(one) ? other : one));
  const median = quantile(
    asked.flatMap(({ times }) => times),
    0.5,
  );
  const worst = asked.length > 1 ? ` (${slowest.what})` : "";
  const measured = `p50 ${median.toFixed(1)} ms, worst p99 ${slowness(slowest).toFixed(1)} ms${worst}`;
  return { what: `search: ${group}`, measured, aim };
}

function measuredOf(times: readonly number[]): string {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(1));
  return `p50 ${p50} ms, p99 ${p99} ms`;
}

async function timesOf(filter: DecisionFilter, service: Service): Promise<number[]> {
  const starts = [undefined, ...(await somePlaces(service))];
  const times: number[] = [];
  for (const after of starts) {
    for (const isNewestFirst of [true, false]) {
      for (const size of [20, 100]) {
        const start = performance.now();
        const search = { filter, isNewestFirst, after, size, isFromEnd: false };
        const page = await searchDecisions(search, service);
        await Promise.all([page.hasNext(), page.hasPrevious()]);
        times.push(performance.now() - start);
      }
    }
  }
  return times;
}

async function somePlaces({ database }: Service): Promise<DecidedPlace[]> {
  const rows = await database.query<{ record: string }[]>(
    `select record from decision tablesample system (0.01) order by random() limit ${places}`,
  );
  return rows.map(({ record }) => {
    const { decidedAt, id }: DecidedPlace = JSON.parse(record);
    return { decidedAt, id };
  });
}

/** Questions about values that many, few and no decisions have; the values are the store's own. */
async function questionsOf(service: Service): Promise<Question[]> {
  const sample = await sampleOf(service);
  const { busyNpi, usualNpi, rareNpi, claimNumber, memberId, decidedFrom, decidedBefore } = sample;
  const policyVersionId = service.policyVersions[0].id;
  const day = "2024-02-06" as PlainDate;
  const [week, month, quarter, year] = [
    "2024-02-12",
    "2024-03-06",
    "2024-05-05",
    "2025-02-05",
  ] as PlainDate[];
  const failedRules = ["ESI-FREQUENCY"];
  const list: Record<string, [what: string, filter: DecisionFilter][]> = {
    "what most decisions have": [
      ["everything", {}],
      ["effective decisions", { effectiveOnly: true }],
      ["a policy version", { policyVersionId }],
      ["a region", { region: "CERVICAL_THORACIC" }],
    ],
    "kinds and dispositions": [
      ["denied", { dispositions: ["DENIED"] }],
      ["pended, 1 in 450", { dispositions: ["PENDED"] }],
      ["reviews, 1 in 400", { kinds: ["REVIEW"] }],
      ["imports, most of them old", { kinds: ["IMPORT"] }],
      ["voids and reviews", { kinds: ["VOID", "REVIEW"] }],
      ["not governed in a region, never", { dispositions: ["NOT_GOVERNED"], region: "LUMBAR_SACRAL" }],
    ],
    "failed rules": [
      ["a rule that failed often", { failedRules }],
      ["a rule that failed 20 times", { failedRules: ["ESI-INTERLAMINAR-SIDE"] }],
      ["a rule that never failed", { failedRules: ["ESI-ASC-BILATERAL"] }],
      [
        "one of five rules",
        { failedRules: ["ESI-ADD-ON", "ESI-UNITS", "ESI-REGION", "ESI-DUPLICATE", "ESI-LEVELS"] },
      ],
    ],
    "members and claims": [
      ["a member", { memberId }],
      ["a claim number", { claimNumber }],
      ["a claim number, never", { claimNumber: "NONE" }],
    ],
    providers: [
      ["a busy provider", { providerNpi: busyNpi }],
      ["a usual provider", { providerNpi: usualNpi }],
      ["a provider of few", { providerNpi: rareNpi }],
      ["a provider, never", { providerNpi: "1500000009" }],
    ],
    "dates of service": [
      ["a day of service", { serviceFrom: day, serviceTo: day }],
      ["a week of service", { serviceFrom: day, serviceTo: week }],
      ["a month of service", { serviceFrom: day, serviceTo: month }],
      ["a year of service", { serviceFrom: day, serviceTo: year }],
      ["service until a day", { serviceTo: day }],
      ["service since a day", { serviceFrom: day }],
    ],
    "procedure codes": [
      ["a procedure code, often", { procedureCodes: ["62323"] }],
      ["a procedure code, 1 in 25", { procedureCodes: ["64479"] }],
      ["a procedure code, never", { procedureCodes: ["00000"] }],
    ],
    "several of these together": [
      ["denied in a month of service", { dispositions: ["DENIED"], serviceFrom: day, serviceTo: month }],
      ["denied in a quarter of service", { dispositions: ["DENIED"], serviceFrom: day, serviceTo: quarter }],
      ["denied in a year of service", { dispositions: ["DENIED"], serviceFrom: day, serviceTo: year }],
      ["pended in a year of service", { dispositions: ["PENDED"], serviceFrom: day, serviceTo: year }],
      ["a region in a month of service", { region: "CERVICAL_THORACIC", serviceFrom: day, serviceTo: month }],
      ["a rule of a provider", { failedRules, providerNpi: usualNpi }],
      ["a provider in a month of service", { providerNpi: busyNpi, serviceFrom: day, serviceTo: month }],
      [
        "region, rule, a hundredth of the time",
        { region: "LUMBAR_SACRAL", failedRules, decidedFrom, decidedBefore },
      ],
      [
        "effective denials of a rule in a region",
        { effectiveOnly: true, dispositions: ["DENIED"], failedRules, region: "CERVICAL_THORACIC" },
      ],
    ],
  };
  return Object.entries(list).flatMap(([group, questions]) =>
    questions.map(([what, filter]) => ({ group, what, filter })),
  );
}

interface Sample {
  readonly busyNpi: string;
  readonly usualNpi: string;
  readonly rareNpi: string;
  readonly claimNumber: string;
  readonly memberId: string;
  readonly decidedFrom: string;
  readonly decidedBefore: string;
}

async function sampleOf({ database }: Service): Promise<Sample> {
  const npis = await database.query<{ npi: string }[]>(
    `select npi from decision tablesample system (10) cross join unnest(provider_npis) npi
      group by npi order by count(*) desc`,
  );
  const [found] = await database.query<Sample[]>(
    `select min(claim_number) as "claimNumber", min(member_id) as "memberId",
            min(decided_at) + 0.5 * (max(decided_at) - min(decided_at)) as "decidedFrom",
            min(decided_at) + 0.51 * (max(decided_at) - min(decided_at)) as "decidedBefore"
       from decision where kind = 'ADJUDICATION'`,
  );
  const [busyNpi, usualNpi, rareNpi] = [0, npis.length / 2, npis.length - 1].map(
    (place) => npis[Math.floor(place)].npi,
  );
  return { ...found, busyNpi, usualNpi, rareNpi };
}
