import { PolicyVersions } from "../policy/policyVersion";
import { DecisionFilter } from "../store/decisionFilter";
import { exportedPages } from "../store/exportedDecisions";
import { Queryable } from "../store/queryable";
import { answering } from "./answering";
import { ExportFormat, exportForm } from "./exportForms";
import { FilePart, membersOf } from "./filePart";
import { patientReads } from "./patientReads";
import { Service } from "./service";

/** Which decisions are to be written, and how. */
export interface ExportAsked {
  readonly format: ExportFormat;
  readonly filter: DecisionFilter;
}

/**
 * The decisions of a filter in the order of deciding, as a file that is made part by part: the next part is
 * read when it is asked for. Nothing is in memory but the part at hand.
 */
export async function* exportDecisions(
  { format, filter }: ExportAsked,
  { database, policyVersions }: { readonly database: Queryable; readonly policyVersions: PolicyVersions },
): AsyncGenerator<FilePart> {
  const form = exportForm(format, policyVersions);
  const pages = exportedPages(database, filter);
  let { head } = form;
  for (let page = await answering(pages.next()); !page.done; page = await answering(pages.next())) {
    const { text, rows } = form.write(page.value);
    const counts = { rows, decisions: page.value.length };
    yield { text: head + text, counts, members: membersOf(page.value) };
    head = "";
  }
  if (head !== "") yield { text: head, counts: {}, members: new Map() };
}

/** How a service exports beside its other work. */
export interface Exporting {
  readonly exportDecisions: (asked: ExportAsked) => AsyncGenerator<FilePart>;
  /** A filter can name their rules, and them. */
  readonly policyVersions: PolicyVersions;
}

export function exporting(service: Service): Exporting {
  const reads = { database: patientReads(service), policyVersions: service.policyVersions };
  return { policyVersions: reads.policyVersions, exportDecisions: (asked) => exportDecisions(asked, reads) };
}
