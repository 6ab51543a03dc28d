import fs, { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOnce } from "../../src/durableFile";
import { notesIn, openCheckpointFolder } from "../../src/sealer/checkpointFolder";
import { letPass } from "./sealedLog";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "esi-folder-"));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

test("only files that are named as checkpoints are, in the order of their trees", async () => {
  for (const name of ["10", "9", "1000"]) await writeFile(join(folder, `${name}.checkpoint`), name);
  const others = ["010.checkpoint", "-1.checkpoint", "x.checkpoint", "11.checkpoint.1.draft", "12"];
  for (const name of others) await writeFile(join(folder, name), "");
  expect(await notesIn(folder)).toEqual(
    ["9", "10", "1000"].map((note) => ({
      treeSize: BigInt(note),
      file: join(folder, `${note}.checkpoint`),
      note,
    })),
  );
  const known = openCheckpointFolder(folder);
  expect([await known.newestSize(), (await known.newestNote())?.note]).toEqual([1000n, "1000"]);
});

test("a folder that is not there holds nothing, and is made by what is published", async () => {
  const path = join(folder, "new", "folder");
  expect(await notesIn(path)).toEqual([]);
  const known = openCheckpointFolder(path);
  expect([await known.newestSize(), await known.newestNote()]).toEqual([0n, undefined]);
  await known.publish(7n, "seven");
  expect((await notesIn(path)).map(({ note }) => note)).toEqual(["seven"]);
});

test("what others publish is seen, and what was seen is remembered when it is removed", async () => {
  const known = openCheckpointFolder(folder);
  await known.publish(5n, "five");
  await openCheckpointFolder(folder).publish(8n, "eight");
  letPass(10);
  expect((await known.newestNote())?.note).toBe("eight");
  await rm(join(folder, "8.checkpoint"));
  letPass(10);
  expect([await known.newestSize(), (await known.newestNote())?.note]).toEqual([5n, "eight"]);
});

test("where another note has the name already, that one stays and is the newest", async () => {
  const known = openCheckpointFolder(folder);
  expect(await known.newestSize()).toBe(0n);
  await writeFile(join(folder, "5.checkpoint"), "theirs");
  await known.publish(5n, "ours");
  expect((await known.newestNote())?.note).toBe("theirs");
  expect(await readdir(folder)).toEqual(["5.checkpoint"]);
});

test("a folder that takes long to read is read as much more seldom", async () => {
  const { opendir } = fs;
  const read = jest.spyOn(fs, "opendir").mockImplementation(async (path, options) => {
    letPass(0.5);
    return opendir(path, options);
  });
  const known = openCheckpointFolder(folder);
  for (let second = 0; second < 45; second++) await known.newestNote();
  expect(read).toHaveBeenCalledTimes(1);
  letPass(60);
  await known.newestNote();
  expect(read).toHaveBeenCalledTimes(2);
});

test("of many that make one file at once one does, it is whole, and no draft is left", async () => {
  const path = join(folder, "deep", "file");
  const made = await Promise.all(Array.from({ length: 12 }, (_, place) => createOnce(path, `text ${place}`)));
  expect(made.filter((isMade) => isMade)).toHaveLength(1);
  expect(await fs.readFile(path, "utf8")).toBe(`text ${made.indexOf(true)}`);
  expect(await readdir(join(folder, "deep"))).toEqual(["file"]);
  expect(((await stat(path)).mode & 0o777).toString(8)).toBe("600");
});

test("a file that cannot be written leaves nothing", async () => {
  const { open } = fs;
  const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
  jest.spyOn(fs, "open").mockImplementation(async (path, ...rest) => {
    const handle = await open(path, ...rest);
    jest.spyOn(handle, "writeFile").mockRejectedValue(full);
    return handle;
  });
  await expect(createOnce(join(folder, "file"), "text")).rejects.toBe(full);
  expect(await readdir(folder)).toEqual([]);
});
