import { filterFaultText, type ReadFilter } from "../cases/filterForm";
import { RequestFault } from "./errors";
import { parseBody } from "./requestBody";

/** What the body of a request for a file may ask for. */
export interface AskedFile<Filter, Format extends string = string> {
  readonly formats: readonly Format[];
  readonly readFilter: (given: unknown) => ReadFilter<Filter>;
}

/** The format and the filter that a body names; any fault is told by its place, never by its value. */
export function readAskedFile<Filter, Format extends string>(
  text: string,
  { formats, readFilter }: AskedFile<Filter, Format>,
): { readonly format: Format; readonly filter: Filter } {
  const body = parseBody(text);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw badRequest("The request body must be a JSON object.");
  const { format: name, filter = {}, ...others }: { format?: unknown; filter?: unknown } = body;
  if (Object.keys(others).length > 0)
    throw badRequest('The request body must have no members but "format" and "filter".');
  const format = formats.find((known) => known === name);
  if (!format) throw badInput(`format must be one of ${formats.join(", ")}.`);
  const read = readFilter(filter ?? {});
  if ("faults" in read) throw badInput(read.faults.map(filterFaultText).join("; "));
  return { format, filter: read.filter };
}

function badRequest(text: string): RequestFault {
  return new RequestFault("BAD_REQUEST", { text });
}

function badInput(text: string): RequestFault {
  return new RequestFault("BAD_USER_INPUT", { text });
}
