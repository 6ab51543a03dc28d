import { plainDate } from "../claim/plainDate";
import { Dated } from "./dated";
import { articleA56681, articleA58777 } from "./documents";

/** How claims are billed, as far as a rule or a flag asks: numbers and codes that no exception sets. */
export interface Conventions {
  /** Modifiers of a procedure that was begun and not completed. */
  readonly discontinuedModifiers: readonly string[];
  /** Place of service of an ambulatory surgery center. */
  readonly surgeryCenter: string;
  /** Marks a transforaminal injection as a diagnostic block. */
  readonly diagnosticBlockModifier: string;
  /** Units of a facility's line of no side that make one bilateral level. */
  readonly bilateralPairUnits: number;
  /** Units from which an add-on of no side beside a bilateral primary can be read in two ways. */
  readonly ambiguousAddOnUnits: number;
}

export const conventions: Dated<Conventions> = [
  {
    effectiveFrom: plainDate("2021-12-12"),
    cites: [articleA58777, articleA56681],
    value: {
      discontinuedModifiers: ["53", "73"],
      surgeryCenter: "24",
      diagnosticBlockModifier: "KX",
      bilateralPairUnits: 2,
      ambiguousAddOnUnits: 2,
    },
  },
];
