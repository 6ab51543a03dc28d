import type { IncomingMessage } from "node:http";
import { RequestFault } from "./errors";

const header = "x-purpose-of-use";
const visible = /^[\x21-\x7e]{1,64}$/;

/** What the caller wants the answer for, in the words of its organisation, such as TREATMENT or HPAYMT. */
export function purposeOfUse({ headersDistinct }: IncomingMessage, isRequired: boolean): string | undefined {
  const [purpose, ...others] = headersDistinct[header] ?? [];
  if (purpose === undefined && !isRequired) return undefined;
  if (purpose !== undefined && others.length === 0 && visible.test(purpose)) return purpose;
  const text = `The header ${header} must be ${isRequired ? "given, " : ""}1 to 64 visible ASCII characters.`;
  throw new RequestFault("BAD_REQUEST", { text });
}
