import fc from "fast-check";
import { ClaimLine, ClaimSession } from "../../src/claim/claimSession";
import { plainDate, PlainDate } from "../../src/claim/plainDate";
import { Decision, Outcome } from "../../src/member/decision";
import { effectiveDecisions } from "../../src/member/stream";
import { PolicyException } from "../../src/policy/exceptions";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { claim, loaded, MemberOnFile, outcomeOn } from "./memberOnFile";

/** A claim in hand, what is on file for its member, and the exceptions declared. */
export interface Situation {
  readonly claim: ClaimSession;
  readonly onFile: readonly Decision[];
  readonly declared: readonly PolicyException[];
}

const codes = ["62321", "62323", "64479", "64480", "64483", "64483", "64484", "64484", "99213"];
const modifierLists = ["", "", "", "RT", "LT", "50", "RT LT", "59", "KX", "53", "73 LT", "59 RT", "74"];

const line = fc.record({
  procedureCode: fc.constantFrom(...codes),
  modifiers: fc.constantFrom(...modifierLists).map((list) => list.split(" ").filter((one) => one !== "")),
  units: fc.constantFrom(1, 1, 1, 2, 2, 3),
});

/** One to six lines, numbered in another order than they are sent in. */
const lines: fc.Arbitrary<ClaimLine[]> = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 6, size: "max" }),
    fc.shuffledSubarray([1, 2, 3, 5, 8, 13, 999], { minLength: 7 }),
  )
  .map(([billed, numbers]) =>
    billed.map((one, place) => ({ ...one, lineNumber: numbers[place], diagnosisCodes: [] })),
  );

const billers = fc.constantFrom<Partial<ClaimSession>>(
  { renderingProviderNpi: "1234567893" },
  { renderingProviderNpi: "1234567893", billingProviderNpi: "1100000003" },
  { renderingProviderNpi: "1000000004" },
  { claimType: "FACILITY", billingProviderNpi: "1900000005", renderingProviderNpi: undefined },
  { claimType: "FACILITY", billingProviderNpi: "1900000005", renderingProviderNpi: "1234567893" },
  { claimType: "FACILITY", billingProviderNpi: "1200000002", renderingProviderNpi: undefined },
);

/** The day on which most claims meet, and days whose windows hold it just so or just not. */
const day = "2025-02-28";
const nearby = [
  "2024-02-28",
  "2024-02-29",
  "2024-03-01",
  "2024-09-30",
  "2024-12-31",
  "2025-03-01",
  "2025-08-31",
];
const dates: fc.Arbitrary<PlainDate> = fc.constantFrom(...nearby, day, day, day, day).map(plainDate);

const claims: fc.Arbitrary<ClaimSession> = fc
  .record({
    billers,
    lines,
    dateOfService: dates,
    lineOfBusiness: fc.constantFrom("MEDICARE", "MEDICAID", "MARKETPLACE"),
    placeOfService: fc.constantFrom("11", "22", "24", "24"),
    stateOfService: fc.constantFrom("TX", "OH"),
    benefitPlanId: fc.constantFrom(undefined, "PLAN"),
  })
  .map(({ billers: biller, ...about }) => claim("in hand", day, { ...about, ...biller }));

const exceptions: fc.Arbitrary<PolicyException[]> = fc
  .array(
    fc.constantFrom<Pick<PolicyException, "source" | "key" | "parameter" | "value">>(
      { source: "FEDERAL", parameter: "interlaminarLevels", value: 2 },
      { source: "STATE", key: "OH", parameter: "regionsPerSession", value: 2 },
      { source: "STATE", key: "TX", parameter: "transforaminalLevels", value: 3 },
      { source: "BENEFIT_PLAN", key: "PLAN", parameter: "transforaminalLevels", value: 1 },
      {
        source: "BENEFIT_PLAN",
        key: "PLAN",
        parameter: "sessionsPerRegion",
        value: [{ months: 6, sessions: 2 }],
      },
    ),
    { maxLength: 2 },
  )
  .map((list) =>
    [...new Set(list)].map((one, place) => ({
      ...one,
      id: `E${place + 1}`,
      effectiveFrom: plainDate("2024-06-01"),
      citation: "Notice 7",
      declaredAt: "2024-06-01T00:00:00.000Z",
      declaredBy: "policy office",
    })),
  );

/** Claims of the member before, decided in turn; some as they were allowed elsewhere. */
const histories: fc.Arbitrary<readonly Decision[]> = fc
  .array(fc.record({ before: claims, isLoaded: fc.boolean() }), { maxLength: 7 })
  .map((earlier) => {
    const member = new MemberOnFile();
    earlier.forEach(({ before, isLoaded }, place) => {
      const claimNumber = `C${place + 1}`;
      const { claimType, billingProviderNpi, renderingProviderNpi, dateOfService } = before;
      const performer = { claimType, billingProviderNpi, renderingProviderNpi, lines: before.lines };
      member.decide(isLoaded ? loaded(claimNumber, dateOfService, performer) : { ...before, claimNumber });
    });
    return effectiveDecisions(member.stream);
  });

/** Now and then the claim in hand repeats one of the lines on file. */
export const situations: fc.Arbitrary<Situation> = fc
  .record({ claim: claims, onFile: histories, declared: exceptions, repeats: fc.nat({ max: 3 }) })
  .map(({ repeats, ...situation }) => {
    const [earlier] = situation.onFile;
    if (repeats > 0 || !earlier || earlier.lines.length === 0) return situation;
    const { claimType, billingProviderNpi, renderingProviderNpi, dateOfService } = earlier.session;
    const performer = { claimType, billingProviderNpi, renderingProviderNpi, dateOfService };
    const repeated = earlier.lines.map(({ lineNumber, procedureCode, modifiers, units }) => {
      return { lineNumber, procedureCode, modifiers, units, diagnosisCodes: [] };
    });
    return { ...situation, claim: { ...situation.claim, ...performer, lines: repeated } };
  });

export const [version] = molinaEsiVersions;

export function outcomeOf({ claim: inHand, onFile, declared }: Situation): Outcome {
  return outcomeOn(onFile, inHand, version, declared);
}

/** Holds for every claim in every situation. */
export function law(holds: (situation: Situation, outcome: Outcome) => void): void {
  fc.assert(
    fc.property(situations, (situation) => holds(situation, outcomeOf(situation))),
    { numRuns: 500 },
  );
}
