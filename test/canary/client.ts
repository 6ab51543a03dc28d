import { connect } from "node:net";
import { canaries, planted } from "./canaries";

export interface Sending {
  readonly path?: string;
  readonly method?: "GET" | "POST";
  /** Text is sent as it is. */
  readonly body?: unknown;
  readonly bearer?: string;
  /** These besides the usual ones, or in their place. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CanaryClient {
  /** Sends what must succeed entirely, and answers the fields of the answer. */
  readonly well: (query: string, variables?: object) => Promise<Readonly<Record<string, unknown>>>;
  /** Sends what must be answered by a file. */
  readonly file: (path: string, body: object) => Promise<void>;
  /** Sends what must be refused with this code. */
  readonly refused: (code: string, sending: Sending) => Promise<void>;
  /** Sends, and answers all codes of what was refused of it: none where all went well. */
  readonly send: (sending: Sending) => Promise<readonly string[]>;
  /** Sends bytes that are no request, and hears what comes until the connection ends. */
  readonly raw: (bytes: string) => Promise<void>;
  readonly get: (path: string) => Promise<string>;
  /** What was answered as it was asked for. */
  readonly answered: () => string;
  /** What else came back: errors, refusals, headers. */
  readonly told: () => { readonly errors: string; readonly headers: string };
}

interface Refusals {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly userErrors: readonly { readonly code: string }[];
}

/** Sends to a service with a token of a person whose name is a canary. */
export function canaryClient(address: string, token: string): CanaryClient {
  const [answers, errors, headers]: string[][] = [[], [], []];

  async function exchange({ path = "/graphql", method = "POST", body, bearer = token, ...more }: Sending) {
    const reply = await fetch(`${address}${path}`, {
      method,
      headers: { ...usualHeaders, authorization: `Bearer ${bearer}`, ...more.headers },
      ...(method === "POST" && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    headers.push(JSON.stringify([...reply.headers]));
    const text = await reply.text();
    const isGraphql = reply.headers.get("content-type")?.includes("json") && path === "/graphql";
    const { errors: failures, userErrors } = isGraphql || reply.status >= 400 ? refusalsIn(text) : noRefusals;
    if (reply.status >= 400) errors.push(text);
    else if (failures) errors.push(JSON.stringify(failures));
    errors.push(JSON.stringify(userErrors));
    const codes = [...(failures ?? []).map(({ extensions }) => extensions.code), ...codesOf(userErrors)];
    if (codes.length === 0) answers.push(text);
    return { httpCode: reply.status, text, codes };
  }

  return {
    send: async (sending) => (await exchange(sending)).codes,
    well: async (query, variables = {}) => {
      const { httpCode, text, codes } = await exchange({ body: { query, variables } });
      expect([query, httpCode, codes]).toEqual([query, 200, []]);
      return (JSON.parse(text) as { data: Record<string, unknown> }).data;
    },
    file: async (path, body) => {
      const { httpCode, text } = await exchange({ path, body });
      expect([path, httpCode, text === ""]).toEqual([path, 200, false]);
    },
    refused: async (code, sending) => {
      const { codes } = await exchange(sending);
      expect([sending, codes]).toEqual([sending, expect.arrayContaining([code])]);
    },
    raw: async (bytes) => {
      const heard = await conversation(address, bytes);
      expect(heard).toMatch(/^HTTP\/1\.1 4/);
      errors.push(heard);
    },
    get: async (path) => (await fetch(`${address}${path}`, { headers: usualHeaders })).text(),
    answered: () => answers.join("\n"),
    told: () => ({ errors: errors.join("\n"), headers: headers.join("\n") }),
  };
}

/** Each of them may hold what a careless program puts there. */
const usualHeaders = {
  "content-type": "application/json",
  "user-agent": canaries.header,
  "x-request-id": `${canaries.header} is not an id`,
  "x-purpose-of-use": canaries.purpose,
  "idempotency-key": canaries.header,
  "x-forwarded-for": canaries.header,
  traceparent: canaries.header,
  cookie: `member=${canaries.header}`,
  referer: `https://portal.example/${canaries.header}`,
};

/** A request id that is one is repeated in the reply and in the log: so the search has something to find. */
export const plantedId = { "x-request-id": planted };

const noRefusals: Refusals = { userErrors: [] };

/** The errors of a reply, and the refusals of all items in it. */
function refusalsIn(text: string): Refusals {
  const reply: { errors?: Refusals["errors"]; data?: Readonly<Record<string, unknown>> | null } =
    JSON.parse(text);
  const items = Object.values(reply.data ?? {}).flat() as (Partial<Refusals> | null)[];
  return { errors: reply.errors, userErrors: items.flatMap((item) => item?.userErrors ?? []) };
}

function codesOf(userErrors: Refusals["userErrors"]): string[] {
  return userErrors.map(({ code }) => code);
}

function conversation(address: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(address).port), "127.0.0.1", () => socket.write(bytes));
    let heard = "";
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
    socket.on("error", reject).on("close", () => resolve(heard));
  });
}
