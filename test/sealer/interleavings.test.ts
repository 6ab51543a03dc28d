import fc from "fast-check";
import { Client } from "pg";
import {
  connected,
  expectSoundLog,
  insertDecision,
  sealAll,
  sealOnce,
  SealedService,
  sealedService,
  sizeOf,
} from "./sealedLog";

const writers = 3;

type Step =
  | { readonly kind: "write"; readonly writer: number; readonly rows: number }
  | { readonly kind: "end"; readonly writer: number; readonly isKept: boolean }
  | { readonly kind: "pass"; readonly limit: number };

const writer = fc.nat({ max: writers - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      writer,
      rows: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("end" as const), writer, isKept: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), limit: fc.integer({ min: 1, max: 6 }) }),
  },
);

let service: SealedService;
let clients: Client[];

beforeAll(async () => {
  service = await sealedService();
  clients = await Promise.all(Array.from({ length: writers }, () => connected(service.url)));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await service.close();
});

let runs = 0;

/** Each writer has a member of its own in each run; what it gives up it writes anew. */
async function play(steps: readonly Step[]): Promise<void> {
  runs += 1;
  const stored = clients.map(() => 0);
  const open = clients.map(() => 0);
  const end = async (place: number, isKept: boolean): Promise<void> => {
    if (open[place] === 0) return;
    await clients[place].query(isKept ? "commit" : "rollback");
    if (isKept) stored[place] += open[place];
    open[place] = 0;
  };
  for (const each of steps) {
    if (each.kind === "pass") await sealOnce(service.database, each.limit);
    if (each.kind === "end") await end(each.writer, each.isKept);
    if (each.kind !== "write") continue;
    const client = clients[each.writer];
    if (open[each.writer] === 0) await client.query("begin");
    for (let row = 0; row < each.rows; row++) {
      open[each.writer] += 1;
      await insertDecision(client, `R${runs}-${each.writer}`, stored[each.writer] + open[each.writer]);
    }
  }
  for (const place of clients.keys()) await end(place, true);
}

test("however commits and passes alternate, the log is dense, complete and right", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      await play(steps);
      await sealAll(service.database);
      const { entries, leaves } = await sizeOf(service.database);
      expect(leaves).toBe(entries);
      await expectSoundLog(service.database);
    }),
    { numRuns: 25 },
  );
}, 60_000);
