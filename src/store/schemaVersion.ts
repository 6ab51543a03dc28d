import { DataSource } from "typeorm";
import { codeOf } from "./failure";

const notPermitted = "42501";

interface SchemaDifference {
  /** Migrations of this program that have not been run. */
  readonly missing: readonly string[];
  /** Migrations that were run and are not this program's. */
  readonly unknown: readonly string[];
}

/** Asking makes nothing: the executor of migrations would make its table. */
async function readDifference(database: DataSource): Promise<SchemaDifference> {
  const known = database.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const [{ exists }] = await database.query<{ exists: boolean }[]>(
    "select to_regclass('schema_migration') is not null as exists",
  );
  if (!exists) return { missing: known, unknown: [] };
  const run = await database.query<{ name: string }[]>("select name from schema_migration order by id");
  const names = new Set(run.map(({ name }) => name));
  return {
    missing: known.filter((name) => !names.has(name)),
    unknown: [...names].filter((name) => !known.includes(name)),
  };
}

/** Whether every migration of this program has been run: on an older schema it cannot work. */
export async function isMigrated(database: DataSource): Promise<boolean> {
  return (await readDifference(database)).missing.length === 0;
}

/** Why a schema is not exactly the one that this program makes, with the remedy. */
export interface SchemaFaults {
  /** What a migration, or a grant, will put right; undefined where nothing has to. */
  readonly toWaitFor?: string;
  /** What nothing will: migrations go forward only. */
  readonly beyond?: string;
}

export async function schemaFaults(database: DataSource): Promise<SchemaFaults> {
  try {
    const { missing, unknown } = await readDifference(database);
    return {
      ...(missing.length > 0 && {
        toWaitFor: `the schema of the database lacks ${missing.join(", ")}: let its owner run esi migrate`,
      }),
      ...(unknown.length > 0 && {
        beyond: `the schema of the database has ${unknown.join(", ")} of a newer program: run that one`,
      }),
    };
  } catch (error) {
    if (codeOf(error) !== notPermitted) throw error;
    const toWaitFor =
      "the role may not read schema_migration: let the owner of the tables run esi migrate --app";
    return { toWaitFor };
  }
}
