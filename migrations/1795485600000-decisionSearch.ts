import { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What searches are found by. But for those of claim numbers and procedure codes, each index brings what it
 * finds in the order of deciding, so that a page costs what it holds, however few decisions match and however
 * long ago they were made. What is searched for by the names in it is in src/store/searchKeys.ts.
 */
export class DecisionSearch1795485600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(indexes);
  }

  async down(): Promise<void> {
    throw new Error("migrations go forward only: what is recorded is never taken back");
  }
}

const indexes = `
create index decision_noted
  on decision (kind, disposition, failed_rules, decided_at, id)
  include (date_of_service, regions, member_id, member_sequence)
  where kind <> 'ADJUDICATION' or disposition <> 'APPROVED' or failed_rules <> '{}';
create index decision_claim_number on decision (claim_number);
create index decision_first_provider on decision ((provider_npis[1]), decided_at, id);
create index decision_second_provider on decision ((provider_npis[2]), decided_at, id)
  where provider_npis[2] is not null;
create index decision_date_of_service on decision (date_of_service, decided_at, id);
create index decision_procedure_codes on decision using gin (procedure_codes);
`;
