import { memberQueue } from "../../src/cases/memberQueue";
import { Unavailable } from "../../src/cases/unavailable";

/** A task that is under way until it is told to end. */
function openTask(): { task: () => Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { task: () => ended, end };
}

test("tasks of one member run one after the other, in the order in which they came", async () => {
  const queue = memberQueue();
  const seen: number[] = [];
  const first = openTask();
  const running = [
    queue.run(["M"], async () => (await first.task(), seen.push(1))),
    queue.run(["M", "N"], async () => seen.push(2)),
    queue.run(["N"], async () => seen.push(3)),
    queue.run(["O"], async () => seen.push(4)),
  ];
  await running[3];
  expect(seen).toEqual([4]);
  first.end();
  await Promise.all(running);
  expect(seen).toEqual([4, 1, 2, 3]);
});

test("a task that fails lets the next one run", async () => {
  const queue = memberQueue();
  const failing = queue.run(["M"], () => Promise.reject(new Error("failed")));
  const next = queue.run(["M"], async () => "ran");
  await expect(failing).rejects.toThrow("failed");
  await expect(next).resolves.toBe("ran");
});

test("a hundred tasks of a member may wait, one more is told to come again, and others are not concerned", async () => {
  const queue = memberQueue();
  const first = openTask();
  const waiting = Array.from({ length: 100 }, () => queue.run(["M"], first.task));
  await expect(queue.run(["N", "M"], first.task)).rejects.toBeInstanceOf(Unavailable);
  await expect(queue.run(["N"], async () => "ran")).resolves.toBe("ran");
  first.end();
  await Promise.all(waiting);
  await expect(queue.run(["M"], async () => "ran")).resolves.toBe("ran");
});
