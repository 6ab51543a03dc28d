import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalIssuer } from "../../src/access/localIssuer";
import { TokenRefused, verifyToken } from "../../src/access/verifyToken";

const startedAt = new Date("2026-03-01T08:00:00.250Z");
const hourMs = 60 * 60 * 1_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "issuer-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (ms: number) => () => new Date(startedAt.getTime() + ms);

test("a token tells the client, the subject and the scopes it was issued for", async () => {
  const issuer = await openLocalIssuer(folder, at(0));
  const token = await issuer.issueToken(["claims:submit", "history:read"], {
    clientId: "portal",
    subject: "ann",
  });
  expect(await verifyToken(token, issuer.tokenRules)).toEqual({
    clientId: "portal",
    subject: "ann",
    scopes: new Set(["claims:submit", "history:read"]),
  });
});

test("a token holds for eight hours unless a lifetime is asked for", async () => {
  const issuer = await openLocalIssuer(folder, at(0));
  const workingDay = await issuer.issueToken([]);
  const brief = await issuer.issueToken([], { lifetimeSeconds: 60 });
  const later = (ms: number) => ({ ...issuer.tokenRules, now: at(ms) });
  await expect(verifyToken(workingDay, later(8 * hourMs))).resolves.toBeDefined();
  await expect(verifyToken(workingDay, later(8 * hourMs + 60_000))).rejects.toThrow(TokenRefused);
  await expect(verifyToken(brief, later(120_000))).rejects.toThrow(TokenRefused);
});

test("the key is kept, readable by its owner only, in a folder that is made where absent", async () => {
  const inner = join(folder, "made", "here");
  const first = await openLocalIssuer(inner, at(0));
  const token = await first.issueToken([]);
  const second = await openLocalIssuer(inner, at(0));
  await expect(verifyToken(token, second.tokenRules)).resolves.toBeDefined();
  expect(await readdir(inner)).toEqual(["token-key.pem"]);
  expect((await stat(join(inner, "token-key.pem"))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(inner, "token-key.pem"), "utf8")).toMatch(
    /^Made by local mode: .*\n-----BEGIN PRIVATE KEY-----\n/,
  );
});

test("issuers that open an empty folder at the same time agree on one key", async () => {
  const issuers = await Promise.all(Array.from({ length: 8 }, () => openLocalIssuer(folder, at(0))));
  for (const issuer of issuers) {
    const token = await issuer.issueToken(["audit:read"]);
    for (const other of issuers) await expect(verifyToken(token, other.tokenRules)).resolves.toBeDefined();
  }
  expect(await readdir(folder)).toEqual(["token-key.pem"]);
});

test("another installation's token is refused", async () => {
  const ours = await openLocalIssuer(folder, at(0));
  const theirs = await openLocalIssuer(join(folder, "other"), at(0));
  const token = await theirs.issueToken(["claims:submit"]);
  await expect(verifyToken(token, ours.tokenRules)).rejects.toThrow(TokenRefused);
});

test.each(["", "not a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])(
  "a key file that holds no key stops the start and is left as it is (%j)",
  async (text) => {
    await writeFile(join(folder, "token-key.pem"), text);
    await expect(openLocalIssuer(folder, at(0))).rejects.toThrow(
      /token-key\.pem holds no Ed25519 private key/,
    );
    expect(await readFile(join(folder, "token-key.pem"), "utf8")).toBe(text);
  },
);
