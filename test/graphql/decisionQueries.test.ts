import { submission } from "./claims";
import { serveOverHttp, ServedService } from "./servedOverHttp";
import { submit } from "./submitting";

const BY_KEY = `query ($memberId: ID!, $key: String!) {
  decision: decisionByIdempotencyKey(memberId: $memberId, idempotencyKey: $key) { id }
}`;

let served: ServedService;
beforeAll(async () => void (served = await serveOverHttp()));
afterAll(() => served.stop());

const read = async (id: string): Promise<unknown> =>
  (await served.fields<{ decision: unknown }>("query ($id: ID!) { decision(id: $id) { id } }", { id }))
    .decision;
const byKey = (memberId: unknown, key: string, clientId = "client-1") =>
  served.ask<{ decision: { id: string } | null }>(BY_KEY, { memberId, key }, { clientId });

describe("a decision that is asked for", () => {
  it("by an id that is none is null", async () => {
    for (const id of [
      "",
      "x",
      "' or 1=1",
      "\u0000",
      "00000000-0000-4000-8000-000000000000",
      "0".repeat(70_000),
    ])
      expect(await read(id)).toBeNull();
  });

  it("by the key of its submission is found by its own client alone", async () => {
    const { decision } = await submit(served, submission({ memberId: "KEYED" }, "the-key"));
    expect(await read(decision?.id ?? "")).toEqual({ id: decision?.id });
    expect(await read(decision?.id.toUpperCase() ?? "")).toEqual({ id: decision?.id });
    expect((await byKey("KEYED", "the-key")).data).toEqual({ decision: { id: decision?.id } });
    expect((await byKey("KEYED", "the-key", "client-2")).data).toEqual({ decision: null });
    expect((await byKey("KEYED", "The-Key")).data).toEqual({ decision: null });
    expect((await byKey("OTHER", "the-key")).data).toEqual({ decision: null });
  });

  it.each([
    ["memberId", "CANARY 7731", "the-key"],
    ["memberId", "", "the-key"],
    ["idempotencyKey", "KEYED", "CANARY\u00007731"],
    ["idempotencyKey", "KEYED", "k".repeat(256)],
  ])("by a malformed %s fails the request and names the argument", async (name, memberId, key) => {
    const { errors, text } = await byKey(memberId, key);
    const most = name === "memberId" ? 64 : 255;
    expect(errors).toMatchObject([
      {
        message: `${name} must be 1 to ${most} visible ASCII characters`,
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
    expect(text).not.toContain("CANARY");
  });
});
