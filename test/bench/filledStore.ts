import { decideAndStore } from "../../src/cases/decideAndStore";
import { Service } from "../../src/cases/service";
import { billed, claimRequest, claimSession } from "../cases/claims";

export const decisionsOfFilledStore = 200_000;
const batch = 100;
const decisionsOfAMember = 8;
const batchesAtOnce = 4;

/** Lets 200,000 claims be decided and stored, the fastest way that the write path has. */
export async function fillStore(service: Service): Promise<void> {
  await Promise.all(Array.from({ length: batchesAtOnce }, (_, lane) => fillLane(lane, service)));
}

async function fillLane(lane: number, service: Service): Promise<void> {
  for (let first = lane * batch; first < decisionsOfFilledStore; first += batchesAtOnce * batch) {
    await decideAndStore(
      Array.from({ length: batch }, (_, place) => requestFor(first + place)),
      service,
    );
  }
}

/** Every member has eight decisions a few weeks apart; some are denied, one in three claims has two lines. */
function requestFor(place: number) {
  const members = decisionsOfFilledStore / decisionsOfAMember;
  const visit = Math.floor(place / members);
  const date = `2025-${String(1 + visit).padStart(2, "0")}-${String(1 + (place % 28)).padStart(2, "0")}`;
  const lines =
    place % 3 === 0
      ? [
          billed("64483", { modifiers: ["50"], chargeAmount: "1250.00", diagnosisCodes: ["M54.16"] }),
          billed("64484", { lineNumber: 2 }),
        ]
      : [billed("62323", { chargeAmount: "900.00", diagnosisCodes: ["M54.16"] })];
  return claimRequest(claimSession(`B${String(place % members).padStart(9, "0")}`, date, { lines }));
}
