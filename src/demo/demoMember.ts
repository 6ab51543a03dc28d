import { ClaimFrequency, ClaimLine, ClaimSession, HistoricalSession } from "../claim/claimSession";
import { plainDate } from "../claim/plainDate";

/** One thing that happens to a demo member: a claim is submitted, or a session from elsewhere is loaded. */
export type DemoStep =
  | { readonly kind: "claim"; readonly session: ClaimSession }
  | { readonly kind: "import"; readonly session: HistoricalSession };

/** What a reviewer says about line 1 of the member's last claim. */
export interface DemoReview {
  readonly unitsAllowed: number;
  readonly reason: string;
  readonly documentReference: string;
}

/** A made-up member whose history shows one thing about the policy. */
export interface DemoMember {
  readonly memberId: string;
  readonly story: string;
  readonly steps: readonly DemoStep[];
  readonly review?: DemoReview;
}

/** Made-up providers; their numbers merely pass the check digit. */
const practice = "1500000009";
const practitioner = "1234567893";
export const colleague = "1000000004";
const surgeryCenter = "1900000005";

/** A step before its member, its claim number and its place are known. */
type Draft =
  | { readonly kind: "claim"; readonly session: Omit<ClaimSession, "memberId" | "claimNumber"> }
  | { readonly kind: "import"; readonly session: Omit<HistoricalSession, "memberId" | "claimNumber"> };

type ClaimDraft = Draft & { readonly kind: "claim" };

export function member(memberId: string, story: string, drafts: readonly Draft[]): DemoMember {
  return { memberId, story, steps: drafts.map((draft, place) => stepOf(draft, memberId, place + 1)) };
}

function stepOf(draft: Draft, memberId: string, place: number): DemoStep {
  const names = { memberId, claimNumber: `CLAIM-${place}` };
  if (draft.kind === "import") return { kind: "import", session: { ...draft.session, ...names } };
  const original =
    draft.session.frequency === "ORIGINAL" ? {} : { originalClaimNumber: `CLAIM-${place - 1}` };
  return { kind: "claim", session: { ...draft.session, ...names, ...original } };
}

export function line(procedureCode: string, ...modifiers: string[]): Omit<ClaimLine, "lineNumber"> {
  return { procedureCode, modifiers, units: 1, diagnosisCodes: [] };
}

export function claim(dateOfService: string, ...lines: Omit<ClaimLine, "lineNumber">[]): ClaimDraft {
  return {
    kind: "claim",
    session: {
      frequency: "ORIGINAL",
      claimType: "PROFESSIONAL",
      lineOfBusiness: "MEDICAID",
      dateOfService: plainDate(dateOfService),
      stateOfService: "TX",
      placeOfService: "24",
      billingProviderNpi: practice,
      renderingProviderNpi: practitioner,
      lines: numbered(lines),
    },
  };
}

export function loaded(dateOfService: string, ...lines: Omit<ClaimLine, "lineNumber">[]): Draft {
  return {
    kind: "import",
    session: {
      claimType: "PROFESSIONAL",
      dateOfService: plainDate(dateOfService),
      billingProviderNpi: practice,
      renderingProviderNpi: practitioner,
      sourceSystem: "EARLIER-SYSTEM",
      lines: numbered(lines),
    },
  };
}

export function facility({ session: { renderingProviderNpi, ...session } }: ClaimDraft): ClaimDraft {
  return { kind: "claim", session: { ...session, claimType: "FACILITY", billingProviderNpi: surgeryCenter } };
}

export function by(renderingProviderNpi: string, { session }: ClaimDraft): ClaimDraft {
  return { kind: "claim", session: { ...session, renderingProviderNpi } };
}

export function inPlan(benefitPlanId: string, { session }: ClaimDraft): ClaimDraft {
  return { kind: "claim", session: { ...session, benefitPlanId } };
}

/** A correction of the claim in the step before. */
export function correcting(
  frequency: ClaimFrequency,
  originalDate: string,
  { session }: ClaimDraft,
): ClaimDraft {
  const differs = originalDate !== session.dateOfService;
  const original = differs ? { originalDateOfService: plainDate(originalDate) } : {};
  return { kind: "claim", session: { ...session, frequency, ...original } };
}

function numbered(lines: readonly Omit<ClaimLine, "lineNumber">[]): ClaimLine[] {
  return lines.map((billed, place) => ({ ...billed, lineNumber: place + 1 }));
}
