/** A place where two values of JSON differ; absent members are undefined. */
export interface Difference {
  /** Such as `lines[0].unitsAllowed`; empty for the whole. */
  readonly path: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/** Every innermost place where two values of JSON differ, in the order of the members' names. */
export function differencesOf(recorded: unknown, replayed: unknown, path = ""): Difference[] {
  if (isObject(recorded) && isObject(replayed)) {
    const names = new Set([...Object.keys(recorded), ...Object.keys(replayed)].sort());
    return [...names].flatMap((name) =>
      differencesOf(recorded[name], replayed[name], path ? `${path}.${name}` : name),
    );
  }
  if (Array.isArray(recorded) && Array.isArray(replayed)) {
    const longer = recorded.length > replayed.length ? recorded : replayed;
    return longer.flatMap((_, place) => differencesOf(recorded[place], replayed[place], `${path}[${place}]`));
  }
  return recorded === replayed ? [] : [{ path, recorded, replayed }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
