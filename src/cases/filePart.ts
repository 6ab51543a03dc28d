/** A part of a file that is made part by part. */
export interface FilePart {
  readonly text: string;
  /** How many of what it holds, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** The members whom it tells of, and how many decisions of each. */
  readonly members: ReadonlyMap<string, number>;
}

/** How often each member occurs. */
export function membersOf(rows: readonly { readonly memberId: string }[]): Map<string, number> {
  const members = new Map<string, number>();
  for (const { memberId } of rows) members.set(memberId, (members.get(memberId) ?? 0) + 1);
  return members;
}
