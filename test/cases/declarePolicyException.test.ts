import { decideAndStore } from "../../src/cases/decideAndStore";
import { declarePolicyException, endPolicyException } from "../../src/cases/declarePolicyException";
import { exceptionsKnownTo, policyExceptions } from "../../src/cases/exceptions";
import { plainDate } from "../../src/claim/plainDate";
import { leafHashOf } from "../../src/ledger/leaf";
import { sealExceptionEntry } from "../../src/ledger/exceptionLeaf";
import { ExceptionTerms } from "../../src/policy/exceptions";
import { readExceptions } from "../../src/store/exceptions";
import { claimRequest, claimSession, exceptionTerms } from "./claims";
import { freshService, serviceOn, TestService } from "./testService";

/** Two processes of the service on one database. */
let one: TestService;
let other: TestService;

beforeEach(async () => {
  one = await freshService();
  other = await serviceOn(one.url);
});
afterEach(async () => {
  await other.close();
  await one.close();
});

async function declared(terms: ExceptionTerms = exceptionTerms(), service = one) {
  const declaration = await declarePolicyException(terms, "tester", service);
  if ("refusals" in declaration) throw new Error(`refused: ${declaration.refusals[0].code}`);
  return declaration.exception;
}

async function dispositionIn(stateOfService: string, date: string, service = one): Promise<string> {
  const [ruling] = await decideAndStore([claimRequest(claimSession("M", date, { stateOfService }))], service);
  return "decision" in ruling ? ruling.decision.disposition : ruling.kind;
}

test("a process knows at once what another one has declared or ended", async () => {
  for (const month of ["01", "02", "03", "04"]) await dispositionIn("OH", `2025-${month}-10`, other);
  expect(await dispositionIn("OH", "2025-05-12", other)).toBe("DENIED");
  const { id } = await declared();
  expect(await dispositionIn("OH", "2025-05-13", other)).toBe("APPROVED");
  const end = { exceptionId: id, effectiveTo: plainDate("2025-05-31"), citation: "Notice 9" };
  await endPolicyException(end, "tester", one);
  expect(await dispositionIn("OH", "2025-06-02", other)).toBe("DENIED");
  expect(await dispositionIn("OH", "2025-05-14", other)).toBe("APPROVED");
});

test("a decision shows the exceptions as they stood when it was made, also after they were ended", async () => {
  const { id } = await declared();
  const [ruling] = await decideAndStore([claimRequest(claimSession("M", "2025-05-12"))], one);
  if (ruling.kind !== "decided") throw new Error("not decided");
  const end = { exceptionId: id, effectiveTo: plainDate("2024-12-31"), citation: "Notice 9" };
  await endPolicyException(end, "tester", other);
  const [known] = await exceptionsKnownTo(ruling.decision, other);
  expect(known).toMatchObject({ id, endings: [] });
  expect(known.effectiveTo).toBeUndefined();
  expect(await policyExceptions(one)).toMatchObject([{ id, effectiveTo: "2024-12-31", endings: [{}] }]);
});

test("declarations that race are entered one after the other, and the same one once", async () => {
  const states = ["OH", "TX", "CA", "NY", "OH", "TX", "CA", "NY", "OH", "TX"];
  const exceptions = await Promise.all(
    states.map((key, place) => declared(exceptionTerms({ key }), place % 2 ? one : other)),
  );
  const standing = await policyExceptions(one);
  expect(standing.map(({ key }) => key).sort()).toEqual(["CA", "NY", "OH", "TX"]);
  const idOf = new Map(standing.map(({ key, id }) => [key, id]));
  expect(exceptions.map(({ id }) => id)).toEqual(states.map((key) => idOf.get(key)));
  const { entries } = await readExceptions(one.database, 0);
  expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
});

test("of two declarations that overlap and race, one is entered and the other is refused", async () => {
  const terms = [3, 4].map((value) => exceptionTerms({ parameter: "transforaminalLevels", value }));
  const declarations = await Promise.all(
    terms.map((term, place) => declarePolicyException(term, "tester", place ? one : other)),
  );
  const codes = declarations.flatMap((declaration) =>
    "refusals" in declaration ? declaration.refusals.map(({ code }) => code) : [],
  );
  expect(codes).toEqual(["EXCEPTION_OVERLAPS"]);
  expect(await policyExceptions(one)).toHaveLength(1);
});

test("an entry is stored with its canonical record, its leaf and the leaf hash that follows from it", async () => {
  await declared();
  const [row] = await one.database.query("select record, leaf, leaf_hash from policy_exception");
  const { entries } = await readExceptions(one.database, 0);
  const sealed = sealExceptionEntry(entries[0]);
  expect(row).toEqual({ ...sealed, leaf_hash: leafHashOf(sealed.leaf) });
  expect(JSON.parse(sealed.leaf.toString("utf8"))).toMatchObject({ type: "policy-exception", seq: 1, v: 1 });
});
