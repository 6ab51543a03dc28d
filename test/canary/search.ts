import { Client } from "pg";
import { canaries, clientsNames, findWords, planted, Spoken } from "./canaries";
import { CanaryClient, plantedId } from "./client";

/** Lets a word out on purpose into the headers and the service's log, and into the database's. */
export async function plant(client: CanaryClient, databaseUrl: string): Promise<void> {
  expect(await client.send({ body: { query: "{ __typename }" }, headers: plantedId })).toEqual([]);
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(`do $$ begin raise log '${planted}'; end $$`);
  await database.end();
}

/** What went in came back in answers; and nowhere else is any of it, nor of the tokens. */
export function expectNothingFound(spoken: Spoken, client: CanaryClient, tokens: readonly string[]): void {
  const signatures = tokens.map((token, place) => [`token ${place}`, token.split(".")[2]] as const);
  const words = { ...canaries, ...Object.fromEntries(signatures) };
  expect(findWords(spoken, words)).toEqual([]);
  const { errors, ...unseenByClients } = spoken;
  expect(findWords(unseenByClients, clientsNames)).toEqual([]);
  // The search can find: where a word was let out on purpose, and each word in the answers.
  const leaks = plantedPlaces.map((place) => `${place}: planted`);
  expect(findWords(spoken, { planted }).sort()).toEqual(leaks);
  expect(errors).toContain("UNAVAILABLE");
  expect(spoken.metrics).toContain("esi_decisions_total{");
  const { header, bearer, literal, operation, ...stored } = canaries;
  const answers = findWords({ answers: client.answered() }, stored);
  expect(answers).toEqual(Object.keys(stored).map((word) => `answers: ${word}`));
}

const plantedPlaces = ["commands", "files", "headers", "logged"];
