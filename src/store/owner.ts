import { Queryable } from "./queryable";

interface Ownership {
  readonly owns: boolean;
  readonly owner: string;
}

/** Who owns the tables, and whether the role of the connection may do what only they may. */
async function readOwnership(queryable: Queryable): Promise<Ownership | undefined> {
  const rows = await queryable.query<Ownership[]>(
    `select pg_has_role(relowner, 'usage') as owns, pg_get_userbyid(relowner) as owner
       from pg_class
      where relnamespace = to_regnamespace('public') and relname = 'decision'`,
  );
  return rows.at(0);
}

/** Whether the role of the connection owns the tables, or those have still to be made. */
export async function ownsTables(queryable: Queryable): Promise<boolean> {
  return (await readOwnership(queryable))?.owns ?? true;
}

/** Throws where somebody else than the owner of the tables calls for what changes them. */
export async function refuseUnlessOwner(queryable: Queryable, command: string): Promise<void> {
  const ownership = await readOwnership(queryable);
  if (ownership === undefined || ownership.owns) return;
  throw new Error(
    `${command} is for the owner of the tables alone: let DATABASE_URL connect as "${ownership.owner}"`,
  );
}
