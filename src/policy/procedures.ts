import { Approach, SpinalRegion } from "../claim/claimSession";
import { Dated, Citation } from "./dated";
import { articleA56681, articleA58777, articleA58993 } from "./documents";
import { plainDate } from "../claim/plainDate";

/** What a governed procedure code means to the policy. A code without an entry is not governed. */
export interface Procedure {
  readonly region: SpinalRegion;
  readonly approach: Approach;
  /** The code of the first level that this add-on code adds a level to; absent for every other code. */
  readonly addOnTo?: string;
}

export type ProcedureTable = Readonly<Record<string, Procedure>>;

const cites: readonly [Citation, ...Citation[]] = [articleA58777, articleA56681, articleA58993];

export const procedures: Dated<ProcedureTable> = [
  {
    effectiveFrom: plainDate("2021-12-12"),
    cites,
    value: {
      "62321": { region: "CERVICAL_THORACIC", approach: "INTERLAMINAR" },
      "62323": { region: "LUMBAR_SACRAL", approach: "INTERLAMINAR" },
      "64479": { region: "CERVICAL_THORACIC", approach: "TRANSFORAMINAL" },
      "64480": { region: "CERVICAL_THORACIC", approach: "TRANSFORAMINAL", addOnTo: "64479" },
      "64483": { region: "LUMBAR_SACRAL", approach: "TRANSFORAMINAL" },
      "64484": { region: "LUMBAR_SACRAL", approach: "TRANSFORAMINAL", addOnTo: "64483" },
    },
  },
];
