import { decideAndStore } from "../../src/cases/decideAndStore";
import { declarePolicyException } from "../../src/cases/declarePolicyException";
import { Request } from "../../src/adjudication/request";
import { Service } from "../../src/cases/service";
import { Decision } from "../../src/member/decision";
import {
  billed,
  claimRequest,
  claimSession,
  exceptionTerms,
  historicalSession,
  importRequest,
  reviewRequest,
} from "../cases/claims";

/** Names that no output may hold: of two members, and what every claim number of theirs begins with. */
export const members = ["MEMBER-SECRET-1", "MEMBER-SECRET-2"] as const;
export const claimNumberBeginning = "CLAIM-SECRET";

/** What the decisions of a filled store come to. */
export interface FilledStore {
  /** Of both members, each in the order of its stream. */
  readonly decisions: readonly (readonly Decision[])[];
}

let claims = 0;

function claimOf(memberId: string, date: string, about: Parameters<typeof claimSession>[2] = {}): Request {
  claims += 1;
  const claimNumber = `${claimNumberBeginning}-${claims}`;
  return claimRequest(claimSession(memberId, date, { claimNumber, ...about }));
}

export async function decided(request: Request, service: Service): Promise<Decision> {
  const [ruling] = await decideAndStore([request], service);
  if (ruling.kind !== "decided") throw new Error(`expected a decision, got ${ruling.kind}`);
  return ruling.decision;
}

/**
 * Every kind of decision. The first member's fifth session is denied and then, when the first is voided,
 * payable; the second one's four are put in question by sessions that are loaded late, and one is reviewed.
 */
export async function fillStore(service: Service): Promise<FilledStore> {
  const [one, other] = members;
  const decide = (request: Request) => decided(request, service);
  const correct = ({ session }: Decision, frequency: "REPLACEMENT" | "VOID") => ({
    frequency,
    originalClaimNumber: session.claimNumber,
    originalDateOfService: session.dateOfService,
  });
  const first: Decision[] = [];
  for (const month of ["01", "02", "03", "04", "05"])
    first.push(await decide(claimOf(one, `2025-${month}-10`)));
  first.push(await decide(claimOf(one, "2025-01-10", { ...correct(first[0], "VOID"), lines: [] })));
  const twoLines = [billed("64483", { modifiers: ["50"] }), billed("64484", { lineNumber: 2, units: 2 })];
  first.push(
    await decide(claimOf(one, "2025-02-12", { ...correct(first[1], "REPLACEMENT"), lines: twoLines })),
  );
  await declarePolicyException(exceptionTerms({ key: "TX" }), "lawyer", service);
  first.push(await decide(claimOf(one, "2024-03-10")));
  const second: Decision[] = [];
  for (const month of ["01", "02", "03", "04"]) second.push(await decide(claimOf(other, `2023-${month}-10`)));
  for (const month of ["06", "07"])
    second.push(await decide(importRequest(historicalSession(other, `2023-${month}-10`))));
  second.push(await decide(reviewRequest(other, second[3].id, [{ lineNumber: 1, unitsAllowed: 0 }])));
  return { decisions: [first, second] };
}

/** What a superuser can do who takes the triggers away first. */
export async function tamper(service: Service, statement: string, parameters: unknown[] = []): Promise<void> {
  await service.database.query("alter table decision disable trigger append_only");
  await service.database.query(statement, parameters);
  await service.database.query("alter table decision enable always trigger append_only");
}

/** As a version left it that knew of no work list. */
export async function forgetWorkList({ database }: Service): Promise<void> {
  await database.query(`
    truncate readjudication_candidate;
    alter table work_list_build disable trigger append_only;
    delete from work_list_build;
    alter table work_list_build enable always trigger append_only`);
}
