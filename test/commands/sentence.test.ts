import { sentenceOf } from "../../src/commands/sentence";

const failure = (message: string, about: object = {}): Error => Object.assign(new Error(message), about);

const told: readonly (readonly [Error, string])[] = [
  [failure("no such key signs for the log now"), "no such key signs for the log now"],
  [
    failure("write EPIPE", { code: "EPIPE" }),
    "who reads the output has gone: what was written is not complete (EPIPE)",
  ],
  [
    failure("ENOENT: no such file or directory, open '/a'", { code: "ENOENT", path: "/a" }),
    "/a: there is no such file or folder (ENOENT)",
  ],
  [
    failure("read ECONNRESET", { code: "ECONNRESET" }),
    "the connection to the database was lost (ECONNRESET)",
  ],
  [failure("Connection terminated unexpectedly"), "the connection to the database was lost"],
  [
    failure("terminating connection due to administrator command", { code: "57P01" }),
    "the connection to the database was lost (57P01)",
  ],
  [
    failure("permission denied for table decision", { code: "42501" }),
    "the role of DATABASE_URL may not see or do what this needs: connect as the owner of the tables, or run " +
      "the command migrate first (42501)",
  ],
];

test.each(told)("%s is told as a sentence", (error, sentence) => {
  expect(sentenceOf(error)).toBe(sentence);
});

test("what is thrown and is no error tells nothing", () => {
  expect(sentenceOf("claim C-1")).toBe("failed");
});
