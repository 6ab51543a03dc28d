import { lane } from "../../src/cases/lane";
import { Unavailable } from "../../src/cases/unavailable";

test("so many tasks run, so many wait in the order of their coming, and one more is told to come again", async () => {
  const { run } = lane(2, 1);
  const began: string[] = [];
  const leaves = new Map<string, () => void>();
  const start = (name: string): Promise<void> =>
    run(async () => {
      began.push(name);
      await new Promise<void>((resolve) => leaves.set(name, resolve));
    });
  const [first, second, third] = [start("first"), start("second"), start("third")];
  await expect(start("fourth")).rejects.toBeInstanceOf(Unavailable);
  expect(began).toEqual(["first", "second"]);
  leaves.get("second")?.();
  await second;
  expect(began).toEqual(["first", "second", "third"]);
  leaves.get("first")?.();
  leaves.get("third")?.();
  await Promise.all([first, third]);
});

test("a task that fails makes room", async () => {
  const { run } = lane(1, 0);
  await expect(run(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await run(async () => "served")).toBe("served");
});
