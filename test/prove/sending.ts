import type { Result } from "./history";

/** What came back from one request: the fields, or whether it may be sent again. */
export interface Told<Fields> {
  readonly result: Extract<Result, "ok" | "failed" | "unknown">;
  readonly fields: Fields | null;
  /** The errors where it is no success. */
  readonly refusal: string;
}

interface Body<Fields> {
  readonly data?: Fields | null;
  readonly errors?: readonly { readonly extensions?: { readonly retryable?: boolean } }[];
}

/** Posts an operation once. A client with no more patience goes away, and then nothing is known. */
export async function post<Fields>(
  { address, token }: { readonly address: string; readonly token: string },
  operation: { readonly query: string; readonly variables?: object },
  patienceMilliseconds = 12_000,
): Promise<Told<Fields>> {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "x-purpose-of-use": "HPAYMT",
  };
  try {
    const signal = AbortSignal.timeout(patienceMilliseconds);
    const body = JSON.stringify(operation);
    const reply = await fetch(`${address}/graphql`, { method: "POST", headers, body, signal });
    return toldBy(await reply.text());
  } catch {
    return { result: "unknown", fields: null, refusal: "" };
  }
}

function toldBy<Fields>(text: string): Told<Fields> {
  const { data, errors = [] }: Body<Fields> = JSON.parse(text);
  if (data && errors.length === 0) return { result: "ok", fields: data, refusal: "" };
  const mayBeRepeated = errors.some(({ extensions }) => extensions?.retryable === true);
  return { result: mayBeRepeated ? "unknown" : "failed", fields: null, refusal: JSON.stringify(errors) };
}
