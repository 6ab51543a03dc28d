/** SQL for an instant as the contract writes it, in milliseconds, of an expression of type timestamptz. */
export function instantText(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** The same in microseconds, for times that PostgreSQL gave and that have to be met exactly. */
export function exactInstantText(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
