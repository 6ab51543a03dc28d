import type { Defaults, Json, JsonObject, Step } from "./vectorFile";

/* What a step leaves out, filled in as the vectors' README says. */

/** The values of its own that every step of a run gets, and the ids under which its members go. */
export interface RunNames {
  memberIds: Map<string, string>;
  /** A new text for each call, that no other run uses. */
  fresh: (purpose: string) => string;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: Json | undefined, what: string): JsonObject {
  if (!isObject(value)) throw new Error(`${what} is not an object`);
  return value;
}

/** A given field replaces the default; null takes the default away, and is sent where there is none. */
export function underDefaults(given: JsonObject, defaults: JsonObject = {}): JsonObject {
  const merged: JsonObject = { ...defaults, ...given };
  for (const [name, value] of Object.entries(given)) {
    if (value === null && name in defaults) delete merged[name];
  }
  return merged;
}

function claimLines(lines: Json | undefined, defaults: JsonObject | undefined): Json {
  if (!Array.isArray(lines)) return lines ?? [];
  return lines.map((line, place) =>
    isObject(line) ? { lineNumber: place + 1, ...underDefaults(line, defaults) } : line,
  );
}

function memberOf(input: JsonObject, names: RunNames): string {
  const named = typeof input.memberId === "string" ? input.memberId : "M";
  return names.memberIds.get(named) ?? named;
}

function filledSession(given: JsonObject, defaults: Defaults, names: RunNames): JsonObject {
  const session = underDefaults(given, defaults.session);
  return {
    claimNumber: names.fresh("claim"),
    ...session,
    memberId: memberOf(session, names),
    ...("lines" in session ? { lines: claimLines(session.lines, defaults.line) } : {}),
  };
}

function filledImport(given: Json, defaults: Defaults, names: RunNames): JsonObject {
  const session = underDefaults(objectOf(given, "an imported session"), defaults.import);
  return {
    claimNumber: names.fresh("claim"),
    idempotencyKey: names.fresh("key"),
    ...session,
    memberId: memberOf(session, names),
    ...("lines" in session ? { lines: claimLines(session.lines, defaults.line) } : {}),
  };
}

/** The input of a step as it is sent; an import's is a list. */
export function filledInput(step: Step, defaults: Defaults, names: RunNames): JsonObject | JsonObject[] {
  if (step.kind === "import") {
    if (!Array.isArray(step.input)) throw new Error("the input of an import is a list");
    return step.input.map((given) => filledImport(given, defaults, names));
  }
  const given = objectOf(step.input, `the input of ${step.kind}`);
  switch (step.kind) {
    case "submit":
      return {
        idempotencyKey: names.fresh("key"),
        ...given,
        session: filledSession(objectOf(given.session, "session"), defaults, names),
      };
    case "preview":
      return { session: filledSession(objectOf(given.session, "session"), defaults, names) };
    case "review": {
      const review = underDefaults(given, defaults.review);
      return { idempotencyKey: names.fresh("key"), ...review, memberId: memberOf(review, names) };
    }
    case "exception":
      return underDefaults(given, defaults.exception);
    case "allowance":
    case "candidates":
      return { ...given, memberId: memberOf(given, names) };
  }
}

/** Puts the ids of named decisions in the place of `$name`, at every depth. */
export function resolved(value: Json, idOf: (name: string) => string): Json {
  if (typeof value === "string") return /^\$[A-Za-z][\w.]*$/.test(value) ? idOf(value.slice(1)) : value;
  if (Array.isArray(value)) return value.map((member) => resolved(member, idOf));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolved(member, idOf)]));
}
