import { freshService, TestService } from "../cases/testService";

/*
 * What decisions could be spread by over many servers or partitions is their member: no key is unique, and no
 * decision found its rivals, across members.
 */

let service: TestService;
beforeAll(async () => void (service = await freshService()));
afterAll(() => service.close());

/** Unique keys without a member, each with the reason why it may be so. */
const acrossMembers: Readonly<Record<string, string>> = {
  audit_checkpoint_pkey: "the log has one order, written by one sealer at a time",
  audit_cluster_pkey: "one row for each database server that the log has lived on",
  audit_head_pkey: "the log has one order",
  audit_key_end_pkey: "a row for each key of the log",
  audit_key_pkey: "a row for each key of the log",
  audit_leaf_entry: "the log has each entry once; nobody who submits waits for it",
  audit_leaf_pkey: "the log has one order",
  audit_tile_pkey: "the tree of the log",
  legal_hold_pkey: "a register of the payer, a few rows a year; one order",
  policy_exception_id: "the register of exceptions is of all members; a few rows a year",
  policy_exception_pkey: "the register has one order, which its writers are arbitrated by",
  policy_version_pkey: "a row for each version of the policy; the same for all members",
  purge_id: "a register of the payer, a few rows a year",
  purge_pkey: "the register has one order",
  purged_decision_pkey: "of an erased decision nothing is left that names the member",
  PK_0edff5015b71cc0389ae0f4b9a1: "a row for each migration",
};

const uniqueKeys = `
select c.relname as name,
       exists (select from pg_attribute a
                where a.attrelid = i.indrelid and a.attname = 'member_id'
                  and a.attnum = any (i.indkey[0:i.indnkeyatts - 1])) as "hasMember"
  from pg_index i join pg_class c on c.oid = i.indexrelid
 where (i.indisunique or i.indisexclusion) and c.relnamespace = 'public'::regnamespace
 order by 1`;

interface UniqueKey {
  readonly name: string;
  readonly hasMember: boolean;
}

test("every unique key contains the member, but those of what is not a member's", async () => {
  const keys = await service.database.query<UniqueKey[]>(uniqueKeys);
  const without = keys.filter(({ hasMember }) => !hasMember).map(({ name }) => name);
  expect(without.sort()).toEqual(Object.keys(acrossMembers).sort());
});
