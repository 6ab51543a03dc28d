import { Client } from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { canaries } from "./canaries";
import type { CanaryClient } from "./client";
import { graphql } from "./failures";
import { submission, submitDocument } from "./successes";

const { member } = canaries;
const reading = graphql(`{ member(id: "${member}") { decisions { nodes { claimNumber } } } }`);
const storing = (place: number) =>
  graphql(submitDocument, submission(place, { dateOfService: "2024-01-08" }));

/** While nobody can read or write decisions: PostgreSQL ends the statements, and tells its log of it. */
export async function failAtLock(client: CanaryClient, databaseUrl: string): Promise<void> {
  const holder = new Client({ connectionString: databaseUrl });
  await holder.connect();
  try {
    await holder.query("begin; lock table decision in access exclusive mode");
    const refusals = [client.refused("UNAVAILABLE", reading), client.refused("UNAVAILABLE", storing(30))];
    await Promise.all([...refusals, client.refused("UNAVAILABLE", storing(31))]);
    await holder.query("rollback");
    const statement = `update decision set claim_number = '${canaries.claim}' where member_id = '${member}'`;
    await expect(holder.query(statement)).rejects.toThrow();
  } finally {
    await holder.end();
  }
}

/** While the database is gone and comes back; ends when both reading and storing succeed again. */
export async function failWithoutDatabase(client: CanaryClient, mostTries = 200): Promise<void> {
  const seen = new Set<string>();
  for (let place = 0; place < mostTries; place++) {
    const codes = (await Promise.all([client.send(reading), client.send(storing(32))])).flat();
    for (const code of codes) seen.add(code);
    if (codes.length === 0 && seen.size > 0) break;
    await delay(50);
  }
  expect([...seen]).toEqual(["UNAVAILABLE"]);
  expect(await client.send(storing(32))).toEqual([]);
}
