import { TestService } from "../cases/testService";

/**
 * Makes a member's stream of one decision as long as asked for: each copy is of a claim of its own, one day
 * after the one before. Only their leaves do not fit them, which are for the audit log alone.
 */
export async function lengthen(service: TestService, memberId: string, count: number): Promise<void> {
  const columns = `kind, disposition, decided_at, client_id, request_hash, supersedes, policy_version_id, regions,
    procedure_codes, failed_rules, provider_npis, salt, leaf`;
  await service.database.query(
    `insert into decision
       (member_id, member_sequence, id, claim_number, date_of_service, idempotency_key, record, ${columns})
     select member_id, place, new_id, 'H' || place, day, 'h' || place,
            (record::jsonb
              || jsonb_build_object('id', new_id, 'memberSequence', place)
              || jsonb_build_object('session', (record::jsonb -> 'session')
                   || jsonb_build_object('claimNumber', 'H' || place, 'dateOfService', day)))::text,
            ${columns}
       from decision,
            lateral (select place, gen_random_uuid() as new_id, date_of_service + place - 1 as day
                       from generate_series(2, $2::integer) as place) as copy
      where member_id = $1 and member_sequence = 1`,
    [memberId, count],
  );
}
