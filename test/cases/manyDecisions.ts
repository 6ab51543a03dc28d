import { decided } from "../commands/filledStore";
import { billed, claimRequest, claimSession } from "./claims";
import { TestService } from "./testService";

/**
 * Makes a store of many members whose one decision is a copy of another: only the columns tell them apart. All
 * are of one moment, so that only their ids put them in order. With 50 lines a record is some 20 kB.
 */
export async function storeManyDecisions(
  service: TestService,
  count: number,
  linesOfEach = 50,
): Promise<void> {
  const lines = Array.from({ length: linesOfEach }, (_, place) =>
    billed("64484", { lineNumber: place + 1, chargeAmount: "900.00" }),
  );
  await decided(claimRequest(claimSession("COPIED", "2025-05-12", { lines })), service);
  const columns = `kind, disposition, claim_number, date_of_service, decided_at, client_id, idempotency_key,
    request_hash, supersedes, policy_version_id, regions, procedure_codes, failed_rules, provider_npis,
    record, salt, leaf`;
  await service.database.query(
    `insert into decision (member_id, member_sequence, id, ${columns})
     select 'COPY-' || place, 1, gen_random_uuid(), ${columns}
       from decision, generate_series(2, $1::integer) as place
      where member_id = 'COPIED'`,
    [count],
  );
}
