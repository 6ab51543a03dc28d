import { Client } from "pg";

/** A statement as it was handed to the driver. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The texts of the SQL statements that the driver sends while something is done, but that which records the
 * access: it is one for each request.
 */
export async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const sent = await sentDuring(act);
  return sent.map(({ text }) => text).filter((text) => !text.startsWith("insert into access_log"));
}

/** All SQL statements that the driver sends while something is done, with their parameters. */
export async function sentDuring(act: () => Promise<unknown>): Promise<SentStatement[]> {
  const sent: SentStatement[] = [];
  const original = Client.prototype.query;
  const watched = jest.spyOn(Client.prototype, "query").mockImplementation(function (
    this: Client,
    ...given: unknown[]
  ) {
    sent.push(statementOf(given));
    return Reflect.apply(original, this, given);
  });
  try {
    await act();
    return sent;
  } finally {
    watched.mockRestore();
  }
}

function statementOf([query, values]: readonly unknown[]): SentStatement {
  if (typeof query === "string") return { text: query, values: listOf(values) };
  if (typeof query !== "object" || query === null || !("text" in query))
    return { text: "a cursor", values: [] };
  return { text: String(query.text), values: listOf("values" in query ? query.values : []) };
}

function listOf(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : [];
}
