import { Client } from "pg";

/**
 * The texts of the SQL statements that the driver sends while something is done, but that which records the
 * access: it is one for each request.
 */
export async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const original = Client.prototype.query;
  const watched = jest.spyOn(Client.prototype, "query").mockImplementation(function (
    this: Client,
    ...given: unknown[]
  ) {
    sent.push(textOf(given[0]));
    return Reflect.apply(original, this, given);
  });
  try {
    await act();
    return sent.filter((text) => !text.startsWith("insert into access_log"));
  } finally {
    watched.mockRestore();
  }
}

function textOf(query: unknown): string {
  if (typeof query === "string") return query;
  return typeof query === "object" && query !== null && "text" in query ? String(query.text) : "a cursor";
}
