import { Given, history, line, submission } from "../graphql/claims";
import { declareDocument, endDocument, review, reviewDocument, sixInOhio } from "../graphql/correcting";
import { batchDocument, importDocument } from "../graphql/submitting";

type Json = unknown;
export type Path = readonly (string | number)[];

/** An operation that takes an input, a whole input with every text that it can have, and where ids and texts are. */
export interface Taking {
  readonly name: string;
  readonly document: string;
  readonly whole: object;
  /** Whether it takes a list of inputs, which stand and fall alone. */
  readonly isBatch: boolean;
  /** Free text, in which more is allowed. */
  readonly freeTexts: readonly string[];
}

const ids: Given = { benefitPlanId: "P1", providerContractId: "C1" };
const lines = [line({ modifiers: ["RT"], diagnosisCodes: ["M5416"], chargeAmount: "10.00" })];
const noDecision = "00000000-0000-4000-8000-000000000000";

export const takings: readonly Taking[] = [
  {
    name: "submitClaimSessions",
    document: batchDocument,
    whole: submission({
      ...{ ...ids, lines, frequency: "REPLACEMENT" },
      ...{ originalClaimNumber: "A0", originalDateOfService: "2025-05-12" },
    }),
    isBatch: true,
    freeTexts: [],
  },
  {
    name: "importSessions",
    document: importDocument,
    whole: history({ lines }),
    isBatch: true,
    freeTexts: ["sourceSystem"],
  },
  {
    name: "reviewDecision",
    document: reviewDocument,
    whole: review("M1", noDecision),
    isBatch: false,
    freeTexts: ["reason", "documentReference"],
  },
  {
    name: "declarePolicyException",
    document: declareDocument,
    whole: sixInOhio({ effectiveTo: "2025-01-01", citationUrl: "https://example.test/" }),
    isBatch: false,
    freeTexts: ["citation", "citationUrl"],
  },
  {
    name: "endPolicyException",
    document: endDocument,
    whole: { exceptionId: noDecision, effectiveTo: "2025-01-01", citation: "x", citationUrl: "y" },
    isBatch: false,
    freeTexts: ["citation", "citationUrl"],
  },
];

const enums = /^(?:source|claimType|frequency|lineOfBusiness)$/;

/** The places of all texts of an input but those of enums, which GraphQL itself refuses. */
export function textsIn(value: Json, path: Path = []): Path[] {
  if (typeof value === "string") return enums.test(String(path.at(-1))) ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) =>
    textsIn(inside, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

/** A copy that has another value at one place. */
export function withAt(value: Json, [name, ...rest]: Path, replacement: Json): Json {
  if (name === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((element, place) => (place === name ? withAt(element, rest, replacement) : element));
  if (typeof value !== "object" || value === null) throw new Error("there is no such place");
  return { ...value, [name]: withAt(Reflect.get(value, name), rest, replacement) };
}
