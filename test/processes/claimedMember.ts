import { ReferenceModel } from "../reference/referenceModel";
import type { ClaimSessionInput } from "../reference/contract";
import { ask } from "./serviceProcess";

/* Members whose claims are sent to real processes, and how their streams are judged afterwards. */

export interface Submission {
  readonly idempotencyKey: string;
  readonly session: ClaimSessionInput;
}

export interface Answer {
  readonly decision: { readonly id: string; readonly disposition: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly decisionId: string | null }[];
  readonly replayed: boolean;
}

/** Dates of service spread over a year and a half, two performers, and now and then a second region. */
export function submissionsOf(memberId: string, claims = 30): Submission[] {
  return Array.from({ length: claims }, (_, place) => {
    const month = 1 + ((place * 7) % 18);
    const year = month > 12 ? 2025 : 2024;
    const day = 1 + ((place * 11) % 28);
    const dateOfService = `${year}-${String(((month - 1) % 12) + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    return {
      idempotencyKey: `key-${place}`,
      session: {
        memberId,
        claimNumber: `C-${place}`,
        claimType: "PROFESSIONAL",
        lineOfBusiness: "MEDICAID",
        dateOfService,
        stateOfService: "TX",
        placeOfService: "11",
        billingProviderNpi: "1500000009",
        renderingProviderNpi: place % 2 === 0 ? "1234567893" : "1000000004",
        lines: [{ lineNumber: 1, procedureCode: place % 5 === 0 ? "62321" : "62323", units: 1 }],
      },
    };
  });
}

const mostTries = 100;

export const submitDocument = `mutation Submit($input: SubmitClaimSessionInput!) {
  submitClaimSession(input: $input) { decision { id disposition } userErrors { code decisionId } replayed }
}`;

/** Sends a submission once; throws where the connection breaks or the service cannot answer. */
export async function submitTo(address: string, token: string, input: Submission): Promise<Answer> {
  type Reply = { submitClaimSession: Answer };
  return (await ask<Reply>(address, token, submitDocument, { input })).submitClaimSession;
}

/** Sends until there is an answer, to one address after the other: a broken connection tells nothing. */
export async function submitUntilAnswered(
  addresses: readonly string[],
  token: string,
  input: Submission,
): Promise<Answer> {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    try {
      return await submitTo(addresses[attempt % addresses.length], token, input);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.min(20 * attempt, 250)));
    }
  }
  throw new Error("no answer");
}

interface Recorded {
  readonly id: string;
  readonly memberSequence: number;
  readonly claimNumber: string;
  readonly disposition: string;
  readonly lines: readonly { readonly lineNumber: number; readonly unitsAllowed: number }[];
}

const readBack = `query Member($id: ID!) {
  member(id: $id) {
    decisions(first: 100) { nodes { id memberSequence claimNumber disposition lines { lineNumber unitsAllowed } } }
  }
}`;

async function recordedOf(address: string, token: string, memberId: string): Promise<Recorded[]> {
  type Reply = { member: { decisions: { nodes: Recorded[] } } };
  const { member } = await ask<Reply>(address, token, readBack, { id: memberId });
  return member.decisions.nodes.sort((one, other) => one.memberSequence - other.memberSequence);
}

/** The stream must hold each submission once, decided as the model decides them in the stream's order. */
export async function expectDecidedAsByOne(
  address: string,
  token: string,
  memberId: string,
  sent: readonly Submission[],
): Promise<void> {
  const recorded = await recordedOf(address, token, memberId);
  expect(recorded.map(({ memberSequence }) => memberSequence)).toEqual(sent.map((_, place) => place + 1));
  const reference = new ReferenceModel({ now: () => "2026-07-01T00:00:00.000Z" });
  for (const { claimNumber, disposition, lines } of recorded) {
    const input = sent.find(({ session }) => session.claimNumber === claimNumber);
    if (!input) throw new Error(`nobody sent ${claimNumber}`);
    const { decision } = reference.submit(input);
    const judged = decision?.lines.map(({ lineNumber, unitsAllowed }) => ({ lineNumber, unitsAllowed }));
    expect({ claimNumber, disposition, lines }).toEqual({
      claimNumber,
      disposition: decision?.disposition,
      lines: judged,
    });
  }
}
