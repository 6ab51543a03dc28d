/** A database, or one connection of it. */
export interface Queryable {
  readonly query: <T>(text: string, parameters?: unknown[]) => Promise<T>;
}
