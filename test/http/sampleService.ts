import { mkdtemp, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { openLocalIssuer } from "../../src/access/localIssuer";
import { tokenVerifier } from "../../src/access/verifyToken";
import { createHttpServer, type HttpSettings } from "../../src/http/server";
import { sampleSchema, type SampleContext } from "./sampleSchema";

export interface Shown {
  message: string;
  extensions: { code: string; retryable: boolean; requestId: string };
  locations?: { line: number; column: number }[];
  path?: (string | number)[];
}

export interface Received {
  httpCode: number;
  headers: Headers;
  text: string;
  errors: Shown[];
  fields: unknown;
}

export interface SampleService {
  url: string;
  port: number;
  token: string;
  /** Posts to /graphql with a token; a header given as undefined is left out. */
  post: (body: unknown, headers?: Record<string, string | undefined>) => Promise<Received>;
  /** Sends these bytes and gives all that comes back until the server closes the connection. */
  sendRaw: (text: string) => Promise<string>;
  /** Everything logged so far, as written. */
  logged: () => string;
  stop: () => Promise<void>;
}

const running: SampleService[] = [];

/** Stops all that were started, also where a test failed before it could. */
export async function stopSampleServices(): Promise<void> {
  await Promise.all(running.splice(0).map((service) => service.stop()));
}

export type SampleSettings = Partial<HttpSettings<SampleContext>>;

export async function startSampleService(settings: SampleSettings = {}): Promise<SampleService> {
  const folder = await mkdtemp(join(tmpdir(), "http-"));
  const issuer = await openLocalIssuer(folder, () => new Date());
  const lines: string[] = [];
  const server = await createHttpServer<SampleContext>({
    authorize: () => undefined,
    schema: sampleSchema(),
    introspection: true,
    authenticate: tokenVerifier(issuer.tokenRules),
    contextOf: ({ caller, requestId }) => ({ clientId: caller.clientId, requestId }),
    log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }),
    ...settings,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  const token = await issuer.issueToken(["claims:submit"]);
  const service: SampleService = {
    url,
    port,
    token,
    post: (body, headers) => post(`${url}/graphql`, body, { authorization: `Bearer ${token}`, ...headers }),
    sendRaw: (text) => sendRaw(port, text),
    logged: () => lines.join(""),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  running.push(service);
  return service;
}

async function post(
  url: string,
  body: unknown,
  given: Record<string, string | undefined>,
): Promise<Received> {
  const headers = new Headers({ "content-type": "application/json" });
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  return receive(await fetch(url, { method: "POST", headers, body: isRaw ? body : JSON.stringify(body) }));
}

export async function receive(answer: Response): Promise<Received> {
  const text = await answer.text();
  const { errors = [], data: fields } = text.startsWith("{") ? JSON.parse(text) : {};
  return { httpCode: answer.status, headers: answer.headers, text, errors, fields };
}

function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let received = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk) => (received += chunk));
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

export function expectFault(
  received: Received,
  httpCode: number,
  code: string,
  text?: string | RegExp,
): void {
  expect(received.httpCode).toBe(httpCode);
  expect(received.errors.map((error) => error.extensions.code)).toEqual([code]);
  if (text !== undefined) expect(received.errors[0]?.message).toMatch(text);
  expect(received.errors[0]?.extensions.requestId).toBe(received.headers.get("x-request-id"));
  expect(received.fields).toBeUndefined();
}

export function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.on("error", reject);
    socket.resume();
  });
}

/** The messages for a request in which the secret stands where a value goes; nobody may see it again. */
export async function messagesWithout(
  secret: string,
  service: SampleService,
  body: { query: string; variables: object },
  code: string,
): Promise<string[]> {
  const { text, errors } = await service.post(body, { "user-agent": secret, "x-request-id": `${secret}!` });
  expect(text + service.logged()).not.toContain(secret);
  expect(new Set(errors.map((error) => error.extensions.code))).toEqual(new Set([code]));
  return errors.map(({ message }) => message);
}
