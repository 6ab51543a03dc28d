import { AccessEntry, AccessFilter, accessPages } from "../store/accessLog";
import { Queryable } from "../store/queryable";
import { answering } from "./answering";
import { Cell, csvText } from "./csv";
import { ExportFormat } from "./exportForms";
import { FilePart, membersOf } from "./filePart";
import { patientReads } from "./patientReads";
import { Service } from "./service";

/** Which rows are to be written, and how. */
export interface AccessLogAsked {
  readonly format: ExportFormat;
  readonly filter: AccessFilter;
}

const columns: Readonly<Record<string, (entry: AccessEntry) => Cell>> = {
  at: ({ at }) => at,
  requestId: ({ requestId }) => requestId,
  subject: ({ subject }) => subject,
  clientId: ({ clientId }) => clientId,
  memberId: ({ memberId }) => memberId,
  operation: ({ operation }) => operation,
  documentHash: ({ documentHash }) => documentHash.toString("base64"),
  purpose: ({ purpose }) => purpose ?? null,
  decisions: ({ decisions }) => decisions,
  outcome: ({ outcome }) => outcome,
};

/**
 * Rows of the access log, oldest first, as a file that is made part by part: the next part is read when it is
 * asked for. What was written within the last seconds may not be visible yet.
 */
export async function* exportAccessLog(
  { format, filter }: AccessLogAsked,
  database: Queryable,
): AsyncGenerator<FilePart> {
  let head = format === "csv" ? csvText([Object.keys(columns)]) : "";
  const pages = accessPages(database, filter);
  for (let page = await answering(pages.next()); !page.done; page = await answering(pages.next())) {
    const text = head + (format === "csv" ? csvText(page.value.map(cellsOf)) : linesOf(page.value));
    // It tells of the members, but shows none of their decisions.
    const members = new Map([...membersOf(page.value).keys()].map((memberId) => [memberId, 0]));
    yield { text, counts: { rows: page.value.length }, members };
    head = "";
  }
  if (head !== "") yield { text: head, counts: {}, members: new Map() };
}

function cellsOf(entry: AccessEntry): Cell[] {
  return Object.values(columns).map((cell) => cell(entry));
}

function linesOf(entries: readonly AccessEntry[]): string {
  const names = Object.keys(columns);
  const lineOf = (entry: AccessEntry) => {
    const cells = cellsOf(entry);
    return JSON.stringify(Object.fromEntries(names.map((name, place) => [name, cells[place]])));
  };
  return entries.map((entry) => `${lineOf(entry)}\n`).join("");
}

/** How a service exports the log beside its other work. */
export interface ExportingAccessLog {
  readonly exportAccessLog: (asked: AccessLogAsked) => AsyncGenerator<FilePart>;
}

export function exportingAccessLog(service: Service): ExportingAccessLog {
  const reads = patientReads(service);
  return { exportAccessLog: (asked) => exportAccessLog(asked, reads) };
}
