import { identifier } from "../claim/identifier";
import { instantExpected, parseInstant } from "../claim/instant";
import { AccessFilter } from "../store/accessLog";
import { readFilter, ReadFilter, textForm, writtenForm } from "./filterForm";

const forms = {
  memberId: writtenForm(identifier),
  from: textForm(instantExpected, parseInstant),
  to: textForm(instantExpected, parseInstant),
};

/** The part of the access log that a value read from JSON describes; null is the same as absent. */
export function readAccessFilter(given: unknown): ReadFilter<AccessFilter> {
  return readFilter<AccessFilter>(given, forms, ({ from, to }) =>
    from && to && to <= from ? [{ part: "to", expected: "later than from" }] : [],
  );
}
