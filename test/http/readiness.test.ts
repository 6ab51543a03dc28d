import { setTimeout as delay } from "node:timers/promises";
import { startSampleService, stopSampleServices, type SampleService } from "./sampleService";

afterEach(stopSampleServices);

const ask = async ({ url }: SampleService) => {
  const reply = await fetch(`${url}/readyz`);
  return [reply.status, await reply.text()];
};
const ready = [200, '{"ready":true}'];

test("however many ask at once, a check is under way once", async () => {
  let [underWay, most, asked] = [0, 0, 0];
  const passes = async (): Promise<boolean> => {
    asked += 1;
    most = Math.max(most, ++underWay);
    await delay(20);
    underWay -= 1;
    return true;
  };
  const service = await startSampleService({ checks: [{ name: "database", passes }] });
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask(service)));
  expect(new Set(answers.map(String))).toEqual(new Set([String(ready)]));
  expect(most).toBe(1);
  expect(asked).toBeLessThan(50);
});

test("the first check that does not pass is named, and none after it is asked", async () => {
  let isAsked = false;
  const service = await startSampleService({
    checks: [
      { name: "database", passes: () => true },
      { name: "schema", passes: () => false },
      { name: "sealer", passes: () => (isAsked = true) },
    ],
  });
  expect(await ask(service)).toEqual([503, '{"ready":false,"failing":"schema"}']);
  expect(isAsked).toBe(false);
});

test("a check that never ends is given up, and asked anew after five seconds", async () => {
  const clock = performance.now.bind(performance);
  let ahead = 0;
  const now = jest.spyOn(performance, "now").mockImplementation(() => clock() + ahead);
  try {
    let asked = 0;
    const passes = () => (++asked === 1 ? new Promise<boolean>(() => undefined) : true);
    const limits = { readyMs: 50 };
    const service = await startSampleService({ checks: [{ name: "database", passes }], limits });
    const failing = [503, '{"ready":false,"failing":"database"}'];
    expect([await ask(service), await ask(service), asked]).toEqual([failing, failing, 1]);
    ahead = 5_000;
    expect([await ask(service), asked]).toEqual([ready, 2]);
  } finally {
    now.mockRestore();
  }
});
