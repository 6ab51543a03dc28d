import { ClaimFrequency, ClaimLine, ClaimSession, HistoricalSession } from "../claim/claimSession";
import { plainDate } from "../claim/plainDate";

/** One thing that happens to a demo member: a claim is submitted, or a session from elsewhere is loaded. */
export type DemoStep =
  | { readonly kind: "claim"; readonly session: ClaimSession }
  | { readonly kind: "import"; readonly session: HistoricalSession };

/** A made-up member whose history shows one thing about the policy. */
export interface DemoMember {
  readonly memberId: string;
  readonly story: string;
  readonly steps: readonly DemoStep[];
}

/** Made-up providers; their numbers merely pass the check digit. */
const practice = "1500000009";
const practitioner = "1234567893";
const colleague = "1000000004";
const surgeryCenter = "1900000005";

export const demoPopulation: readonly DemoMember[] = [
  member(
    "DEMO-FOUR-SESSIONS",
    "four lumbar sessions within a year: a fifth is denied until the first leaves the window",
    [
      claim("2025-01-15", line("62323")),
      claim("2025-04-15", line("64483", "RT"), line("64484", "RT")),
      claim("2025-07-15", line("62323")),
      claim("2025-10-15", line("64483", "50")),
    ],
  ),
  member("DEMO-LEAP-DAY", "29 February 2024 still counts on 28 February 2025 and no longer on 1 March", [
    loaded("2024-02-29", line("62323")),
    loaded("2024-05-10", line("62323")),
    loaded("2024-08-10", line("62323")),
    loaded("2024-11-10", line("62323")),
    claim("2025-02-28", line("62323")),
    claim("2025-03-01", line("62323")),
  ]),
  member("DEMO-TWO-STREAMS", "the practitioner's and the surgery center's claim of one day are one session", [
    claim("2025-03-10", line("64483")),
    facility(claim("2025-03-10", line("64483"))),
  ]),
  member("DEMO-ORPHAN-ADD-ON", "an add-on without its first level is denied and makes no session", [
    claim("2025-05-12", line("64484")),
  ]),
  member("DEMO-TWO-REGIONS", "of two regions on one claim the one with the lowest line number is kept", [
    claim("2025-05-12", line("62321"), line("64483")),
  ]),
  member("DEMO-THREE-LEVELS", "a third level is cut back by one unit, and an ambiguous claim is flagged", [
    claim("2025-05-12", line("64483", "50"), { ...line("64484"), units: 2 }),
  ]),
  member("DEMO-LATE-CLAIM", "a claim that arrives late is denied for a window that ends on a later session", [
    claim("2025-05-01", line("62323")),
    claim("2025-07-01", line("62323")),
    claim("2025-09-01", line("62323")),
    claim("2025-11-01", line("62323")),
    claim("2025-04-01", line("62323")),
  ]),
  member(
    "DEMO-CONTRADICTION",
    "the facility bills one region and the practitioner the other: the later claim is pended",
    [facility(claim("2025-06-16", line("62323"))), claim("2025-06-16", line("62321"))],
  ),
  member(
    "DEMO-DISCONTINUED",
    "a discontinued procedure waits for a person, with its add-on, and does not count",
    [claim("2025-08-11", line("64483", "53"), line("64484"))],
  ),
  member("DEMO-TWO-PERFORMERS", "a second performer of the day shares the session and is flagged", [
    claim("2025-08-11", line("64483")),
    by(colleague, claim("2025-08-11", line("64483"))),
  ]),
  member("DEMO-CORRECTED", "a claim is replaced by one on another day, and that one is voided", [
    claim("2025-02-03", line("62323")),
    correcting("REPLACEMENT", "2025-02-03", claim("2025-02-10", line("62323"))),
    correcting("VOID", "2025-02-10", claim("2025-02-10")),
  ]),
];

/** A step before its member, its claim number and its place are known. */
type Draft =
  | { readonly kind: "claim"; readonly session: Omit<ClaimSession, "memberId" | "claimNumber"> }
  | { readonly kind: "import"; readonly session: Omit<HistoricalSession, "memberId" | "claimNumber"> };

type ClaimDraft = Draft & { readonly kind: "claim" };

function member(memberId: string, story: string, drafts: readonly Draft[]): DemoMember {
  return { memberId, story, steps: drafts.map((draft, place) => stepOf(draft, memberId, place + 1)) };
}

function stepOf(draft: Draft, memberId: string, place: number): DemoStep {
  const names = { memberId, claimNumber: `CLAIM-${place}` };
  if (draft.kind === "import") return { kind: "import", session: { ...draft.session, ...names } };
  const original =
    draft.session.frequency === "ORIGINAL" ? {} : { originalClaimNumber: `CLAIM-${place - 1}` };
  return { kind: "claim", session: { ...draft.session, ...names, ...original } };
}

function line(procedureCode: string, ...modifiers: string[]): Omit<ClaimLine, "lineNumber"> {
  return { procedureCode, modifiers, units: 1, diagnosisCodes: [] };
}

function claim(dateOfService: string, ...lines: Omit<ClaimLine, "lineNumber">[]): ClaimDraft {
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

function loaded(dateOfService: string, ...lines: Omit<ClaimLine, "lineNumber">[]): Draft {
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

function facility({ session: { renderingProviderNpi, ...session } }: ClaimDraft): ClaimDraft {
  return { kind: "claim", session: { ...session, claimType: "FACILITY", billingProviderNpi: surgeryCenter } };
}

function by(renderingProviderNpi: string, { session }: ClaimDraft): ClaimDraft {
  return { kind: "claim", session: { ...session, renderingProviderNpi } };
}

/** A correction of the claim in the step before. */
function correcting(frequency: ClaimFrequency, originalDate: string, { session }: ClaimDraft): ClaimDraft {
  const differs = originalDate !== session.dateOfService;
  const original = differs ? { originalDateOfService: plainDate(originalDate) } : {};
  return { kind: "claim", session: { ...session, frequency, ...original } };
}

function numbered(lines: readonly Omit<ClaimLine, "lineNumber">[]): ClaimLine[] {
  return lines.map((billed, place) => ({ ...billed, lineNumber: place + 1 }));
}
