/** SQL for an instant as the contract writes it, in milliseconds, of an expression of type timestamptz. */
export function instantText(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
