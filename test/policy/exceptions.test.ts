import { plainDate } from "../../src/claim/plainDate";
import {
  ExceptionScope,
  ExceptionSource,
  exceptionSources,
  exceptionsThatHold,
  parametersUnder,
  PolicyException,
} from "../../src/policy/exceptions";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";

const [{ parameters: policy }] = molinaEsiVersions;

let declared = 0;

/** An exception that sets the levels allowed, if nothing else is said. */
function exception(
  source: ExceptionSource,
  key: string | undefined,
  about: Partial<PolicyException> = {},
): PolicyException {
  declared += 1;
  return {
    id: `E${declared}`,
    source,
    key,
    parameter: "transforaminalLevels",
    value: 3,
    effectiveFrom: plainDate("2025-01-01"),
    citation: "Notice 7",
    declaredAt: "2025-01-01T00:00:00.000Z",
    declaredBy: "policy office",
    ...about,
  };
}

const scope: ExceptionScope = { stateOfService: "OH", benefitPlanId: "PLAN", providerContractId: "CONTRACT" };
const inMay = plainDate("2025-05-12");

function held(exceptions: readonly PolicyException[], on = inMay, of = scope): string[] {
  return exceptionsThatHold(exceptions, on, of, exceptionSources).map(
    ({ source, parameter, value, applied }) =>
      `${source} ${parameter} ${JSON.stringify(value)}${applied ? " applied" : ""}`,
  );
}

test.each<[string, PolicyException, boolean]>([
  ["a federal exception holds for every claim", exception("FEDERAL", undefined), true],
  ["a state's exception holds for services in the state", exception("STATE", "OH"), true],
  ["it does not hold elsewhere", exception("STATE", "TX"), false],
  ["a plan's exception holds for its plan", exception("BENEFIT_PLAN", "PLAN"), true],
  ["it does not hold for another", exception("BENEFIT_PLAN", "OTHER"), false],
  ["a contract's exception holds for its contract", exception("PROVIDER_CONTRACT", "CONTRACT"), true],
  ["it does not hold for another", exception("PROVIDER_CONTRACT", "OTHER"), false],
  ["a plan's key is not looked for among contracts", exception("BENEFIT_PLAN", "CONTRACT"), false],
  ["the letters of a key count as they are written", exception("BENEFIT_PLAN", "plan"), false],
])("%s", (_, given, holds) => {
  expect(held([given])).toHaveLength(holds ? 1 : 0);
});

test("what a claim does not name matches no key", () => {
  const all = [
    exception("STATE", "OH"),
    exception("BENEFIT_PLAN", "PLAN"),
    exception("PROVIDER_CONTRACT", "CONTRACT"),
  ];
  expect(held([...all, exception("FEDERAL", undefined)], inMay, {})).toEqual([
    "FEDERAL transforaminalLevels 3 applied",
  ]);
});

test.each([
  ["2025-05-11", "2025-05-12", true],
  ["2025-05-12", "2025-05-12", true],
  ["2025-05-12", undefined, true],
  ["2025-05-13", undefined, false],
  ["2025-05-01", "2025-05-11", false],
])("an exception from %s to %s holds on 2025-05-12: %s", (from, to, holds) => {
  const effectiveTo = to === undefined ? undefined : plainDate(to);
  const given = exception("FEDERAL", undefined, { effectiveFrom: plainDate(from), effectiveTo });
  expect(held([given])).toHaveLength(holds ? 1 : 0);
});

test("of several sources that set one parameter the highest applies, and all are listed from it down", () => {
  const sources = [
    exception("PROVIDER_CONTRACT", "CONTRACT", { value: 7 }),
    exception("STATE", "OH", { value: 5 }),
    exception("FEDERAL", undefined, { value: 4 }),
    exception("BENEFIT_PLAN", "PLAN", { value: 6 }),
  ];
  expect(held(sources)).toEqual([
    "FEDERAL transforaminalLevels 4 applied",
    "STATE transforaminalLevels 5",
    "BENEFIT_PLAN transforaminalLevels 6",
    "PROVIDER_CONTRACT transforaminalLevels 7",
  ]);
  expect(held(sources.slice(0, 2)).at(0)).toBe("STATE transforaminalLevels 5 applied");
});

test("each parameter has its own winner, and parameters are listed by name", () => {
  const sessionsPerRegion = [{ months: 6, sessions: 3 }];
  const given = [
    exception("STATE", "OH"),
    exception("FEDERAL", undefined, { parameter: "sessionsPerRegion", value: sessionsPerRegion }),
    exception("BENEFIT_PLAN", "PLAN", { parameter: "regionsPerSession", value: 2 }),
    exception("PROVIDER_CONTRACT", "CONTRACT", { value: 7 }),
  ];
  expect(held(given)).toEqual([
    "BENEFIT_PLAN regionsPerSession 2 applied",
    'FEDERAL sessionsPerRegion [{"months":6,"sessions":3}] applied',
    "STATE transforaminalLevels 3 applied",
    "PROVIDER_CONTRACT transforaminalLevels 7",
  ]);
  expect(parametersUnder(policy, exceptionsThatHold(given, inMay, scope, exceptionSources))).toEqual({
    sessionsPerRegion,
    regionsPerSession: 2,
    transforaminalLevels: 3,
    interlaminarLevels: 1,
  });
});

test("which source goes before which is what the policy version says", () => {
  const given = [exception("STATE", "OH", { value: 5 }), exception("FEDERAL", undefined, { value: 4 })];
  const stateFirst = [...exceptionSources].reverse();
  expect(
    exceptionsThatHold(given, inMay, scope, stateFirst).map(({ source, applied }) => [source, applied]),
  ).toEqual([
    ["STATE", true],
    ["FEDERAL", false],
  ]);
});

test("the order of declaration decides nothing", () => {
  const given = [exception("STATE", "OH", { value: 5 }), exception("FEDERAL", undefined, { value: 4 })];
  expect(held(given)).toEqual(held(given.toReversed()));
});

test("an exception may be stricter than the policy", () => {
  const given = [exception("BENEFIT_PLAN", "PLAN", { value: 1 })];
  expect(
    parametersUnder(policy, exceptionsThatHold(given, inMay, scope, exceptionSources)).transforaminalLevels,
  ).toBe(1);
});

test("without exceptions the policy's own parameters hold, and stay as they are with them", () => {
  const before = structuredClone(policy);
  expect(parametersUnder(policy, [])).toEqual(policy);
  parametersUnder(policy, exceptionsThatHold([exception("STATE", "OH")], inMay, scope, exceptionSources));
  expect(policy).toEqual(before);
});
