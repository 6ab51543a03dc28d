import fc from "fast-check";
import type { AllowanceArguments, PolicyVersionTerms } from "../reference/contract";
import { dateOfService } from "./claims";
import { atFirst, Event, happening } from "./events";

/** Something that happens, the instant at which it does, and what is then asked about the member. */
export interface Happening {
  readonly event: Event;
  readonly now: string;
  readonly asked: AllowanceArguments;
}

/** What happens to a member, in order, under the first version of the policy and these further ones. */
export interface History {
  readonly policyVersions: readonly PolicyVersionTerms[];
  readonly happenings: readonly Happening[];
}

const stricter: PolicyVersionTerms = {
  id: "molina-esi@2024-03-01",
  effectiveFrom: "2024-03-01",
  parameters: {
    sessionsPerRegion: [
      { months: 12, sessions: 2 },
      { months: 1, sessions: 1 },
    ],
    regionsPerSession: 1,
    transforaminalLevels: 1,
    interlaminarLevels: 1,
  },
};
const looser: PolicyVersionTerms = {
  id: "molina-esi@2025-03-01",
  effectiveFrom: "2025-03-01",
  parameters: {
    sessionsPerRegion: [{ months: 12, sessions: 5 }],
    regionsPerSession: 2,
    transforaminalLevels: 3,
    interlaminarLevels: 2,
  },
};

/** Most histories know one version, as the first years of a policy do. */
const policyVersions = fc.constantFrom<PolicyVersionTerms[]>(
  [],
  [],
  [],
  [],
  [stricter],
  [stricter],
  [looser],
  [looser, stricter],
);

const asked: fc.Arbitrary<AllowanceArguments> = fc.record({
  region: fc.constantFrom("CERVICAL_THORACIC", "LUMBAR_SACRAL", "LUMBAR_SACRAL"),
  on: dateOfService,
  stateOfService: fc.constantFrom(undefined, null, "TX", "OH"),
  benefitPlanId: fc.constantFrom(undefined, "PLAN"),
  providerContractId: fc.constantFrom(null, "CONTRACT"),
});

/** Now and then two things happen in one instant. */
const minutesLater = fc.constantFrom(0, 1, 1, 2);
const fewestHappenings = 3;
const mostHappenings = 10;

type Happened = readonly [events: readonly Event[], minutesLater: number, asked: AllowanceArguments];

export const histories: fc.Arbitrary<History> = fc
  .tuple(
    policyVersions,
    atFirst,
    fc.array(fc.tuple(happening, minutesLater, asked), {
      minLength: fewestHappenings,
      maxLength: mostHappenings,
      size: "max",
    }),
  )
  .map(([versions, before, then]) => {
    const first: Happened = [before, 0, { region: "LUMBAR_SACRAL", on: "2025-05-12" }];
    let minutes = 0;
    const happenings = [first, ...then].flatMap(([happened, later, question]) => {
      minutes += later;
      const now = instantAt(minutes);
      return happened.map((event) => ({ event, now, asked: question }));
    });
    return { policyVersions: versions, happenings };
  });

/** Later than every date of service that is not meant to lie in the future. */
function instantAt(minutes: number): string {
  return `2026-07-01T00:${String(minutes).padStart(2, "0")}:00.000Z`;
}
