import { PolicyVersions } from "../policy/policyVersion";
import { ExportedDecision } from "../store/exportedDecisions";
import { parseRecord } from "../store/record";
import { Cell, csvText } from "./csv";
import { cellsOf, columnNames } from "./exportColumns";

export const exportFormats = ["ndjson", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** How decisions are written into a file. */
export interface ExportForm {
  /** What stands before the first row. */
  readonly head: string;
  /** The text of some decisions, and how many rows it has. */
  readonly write: (decisions: readonly ExportedDecision[]) => {
    readonly text: string;
    readonly rows: number;
  };
}

export function exportForm(format: ExportFormat, versions: PolicyVersions): ExportForm {
  if (format === "ndjson") return ndjson;
  return {
    head: csvText([columnNames]),
    write: (decisions) => {
      const rows = decisions.flatMap((decision) => csvRows(decision, versions));
      return { text: csvText(rows), rows: rows.length };
    },
  };
}

const ndjson: ExportForm = {
  head: "",
  write: (decisions) => ({ text: decisions.map(ndjsonLine).join(""), rows: decisions.length }),
};

/** Leaf and record stand in the line byte for byte as they are stored: so both hashes can be computed. */
function ndjsonLine({ id, leafIndex, leafHash, leaf, salt, record }: ExportedDecision): string {
  const leafText = leaf.toString("utf8");
  // Canonical JSON has no such characters; another text could pass for a further line.
  if (/[\0-\x1f]/.test(leafText + record)) throw notAsWritten(id);
  const index = leafIndex === null ? "null" : `"${leafIndex}"`;
  const proven = `{"leafIndex":${index},"leafHash":"${leafHash.toString("base64")}","leaf":${leafText}`;
  return `${proven},"salt":"${salt.toString("base64")}","record":${record}}\n`;
}

function csvRows({ id, record, ...exported }: ExportedDecision, versions: PolicyVersions): Cell[][] {
  try {
    const decision = parseRecord(record);
    const version = versions.find((one) => one.id === decision.policyVersionId);
    const lines = decision.lines.length > 0 ? decision.lines : [undefined];
    return lines.map((line) => cellsOf({ ...exported, decision, version, line }));
  } catch (error) {
    // A record of another shape than ours; the message may hold what it says.
    throw error instanceof SyntaxError || error instanceof TypeError ? notAsWritten(id) : error;
  }
}

function notAsWritten(id: string): Error {
  return new Error(`decision ${id} is not stored as it was written: see what esi verify says of it`);
}
