import { withDeadline } from "../deadline";
import { PolicyVersions } from "../policy/policyVersion";
import { DecisionFilter } from "../store/decisionFilter";
import { exportedPages } from "../store/exportedDecisions";
import { Queryable } from "../store/queryable";
import { withStatementLimit } from "../store/transaction";
import { answering } from "./answering";
import { ExportFormat, exportForm } from "./exportForms";
import { Service } from "./service";

/** Which decisions are to be written, and how. */
export interface ExportAsked {
  readonly format: ExportFormat;
  readonly filter: DecisionFilter;
}

/** A part of the file, and what it holds. */
export interface ExportedText {
  readonly text: string;
  readonly decisions: number;
  readonly rows: number;
}

/**
 * The decisions of a filter in the order of deciding, as a file that is made part by part: the next part is
 * read when it is asked for. Nothing is in memory but the part at hand.
 */
export async function* exportDecisions(
  { format, filter }: ExportAsked,
  { database, policyVersions }: { readonly database: Queryable; readonly policyVersions: PolicyVersions },
): AsyncGenerator<ExportedText> {
  const form = exportForm(format, policyVersions);
  const pages = exportedPages(database, filter);
  let { head } = form;
  for (let page = await answering(pages.next()); !page.done; page = await answering(pages.next())) {
    const { text, rows } = form.write(page.value);
    yield { text: head + text, rows, decisions: page.value.length };
    head = "";
  }
  if (head !== "") yield { text: head, rows: 0, decisions: 0 };
}

/** How a service exports beside its other work. */
export interface Exporting {
  readonly exportDecisions: (asked: ExportAsked) => AsyncGenerator<ExportedText>;
  /** A filter can name their rules, and them. */
  readonly policyVersions: PolicyVersions;
}

export function exporting(service: Service): Exporting {
  const reads = { database: patientReads(service), policyVersions: service.policyVersions };
  return { policyVersions: reads.policyVersions, exportDecisions: (asked) => exportDecisions(asked, reads) };
}

/** A page that few decisions belong to may have to be looked for among all. */
const statementMilliseconds = 60_000;
/** So long a page may wait for its turn and be read; what still does not answer then is given up. */
const pageMilliseconds = 2 * statementMilliseconds;

/**
 * Statements may take longer than those that a client waits for at a screen, but share the searches' lane.
 * None keeps a connection while the client takes what it got.
 */
function patientReads({ database, searchLane }: Service): Queryable {
  const patient = withStatementLimit(database, statementMilliseconds);
  return {
    query: <T>(text: string, parameters?: unknown[]) =>
      withDeadline(pageMilliseconds, () => searchLane.run(() => patient.query<T>(text, parameters))),
  };
}
