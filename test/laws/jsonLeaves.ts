/** A value inside JSON that has no members of its own, and where it stands. */
export interface Leaf {
  readonly path: string;
  readonly steps: readonly (string | number)[];
  readonly value: unknown;
}

export function leavesOf(value: unknown, steps: Leaf["steps"] = []): Leaf[] {
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return members.flatMap(([step, member]) => leavesOf(member, [...steps, step]));
  }
  return [{ path: pathOf(steps), steps, value }];
}

/** The same JSON with another value in the place of a leaf. */
export function withLeaf<T extends object>(json: T, steps: Leaf["steps"], value: unknown): T {
  const copy = structuredClone(json);
  const inside = steps.slice(0, -1).reduce<object>((outer, step) => Reflect.get(outer, step), copy);
  Reflect.set(inside, steps[steps.length - 1], value);
  return copy;
}

function pathOf(steps: Leaf["steps"]): string {
  return steps
    .map((step, place) => (typeof step === "number" ? `[${step}]` : place === 0 ? step : `.${step}`))
    .join("");
}
