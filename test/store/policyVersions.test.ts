import { decideAndStore } from "../../src/cases/decideAndStore";
import { plainDate } from "../../src/claim/plainDate";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { PolicyVersions, seal } from "../../src/policy/policyVersion";
import { refuseChangedPolicy } from "../../src/store/policyVersions";
import { claimRequest, claimSession, historicalSession, importRequest } from "../cases/claims";
import { freshService, TestService } from "../cases/testService";

let service: TestService;

beforeEach(async () => {
  service = await freshService();
});
afterEach(() => service.close());

const [shipped] = molinaEsiVersions;
const changed = seal({ ...shipped, parameters: { ...shipped.parameters, transforaminalLevels: 3 } });

async function storedIds(): Promise<string[]> {
  const rows: { id: string }[] = await service.database.query("select id from policy_version order by id");
  return rows.map(({ id }) => id);
}

test("a policy version is stored when a decision first names it, and not before", async () => {
  await decideAndStore([importRequest(historicalSession("M", "2025-01-10"))], service);
  expect(await storedIds()).toEqual([]);
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  expect(await storedIds()).toEqual([shipped.id]);
});

test("of two versions only the one that judges the date of service is stored", async () => {
  const later = seal({ ...shipped, id: "molina-esi@2026-01-01", effectiveFrom: plainDate("2026-01-01") });
  const policyVersions: PolicyVersions = [later, shipped];
  await decideAndStore([claimRequest(claimSession("M", "2026-01-01"))], { ...service, policyVersions });
  expect(await storedIds()).toEqual([later.id]);
});

test("a start is refused where a stored version says something else, or is unknown", async () => {
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  await expect(refuseChangedPolicy(service.database, [shipped])).resolves.toBeUndefined();
  await expect(refuseChangedPolicy(service.database, [changed])).rejects.toThrow(
    /molina-esi@2021-12-12 is stored with/,
  );
  await expect(refuseChangedPolicy(service.database, [])).rejects.toThrow(/is not known to this program/);
});

test("a process with another content under the same id stores no decision", async () => {
  await decideAndStore([claimRequest(claimSession("M", "2025-03-10"))], service);
  const other: TestService = { ...service, policyVersions: [changed], storedPolicyVersions: new Set() };
  const request = claimRequest(claimSession("N", "2025-03-10"));
  await expect(decideAndStore([request], other)).rejects.toThrow(/is stored with SHA-256/);
  const [{ count }] = await service.database.query(
    "select count(*)::int as count from decision where member_id = 'N'",
  );
  expect(count).toBe(0);
});
