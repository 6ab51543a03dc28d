import canonicalize from "canonicalize";
import { leafHashOf } from "../../src/ledger/leaf";
import { purgeLeaf } from "../../src/ledger/purgeLeaf";

const entry = {
  sequence: 7,
  id: "0190a5b2-0000-7000-8000-000000000009",
  purgedAt: "2036-03-02T10:15:30.120Z",
  basis: 'Schedule "R-12" — § 4',
  decisionIds: ["0190a5b2-0000-7000-8000-000000000002", "0190a5b2-0000-7000-8000-000000000001"],
};

test("the leaf of a purge is the canonical JSON of the log's format, byte for byte", () => {
  expect(purgeLeaf(entry).toString("utf8")).toBe(
    '{"at":"2036-03-02T10:15:30.120Z","basis":"Schedule \\"R-12\\" — § 4",' +
      '"entries":["0190a5b2-0000-7000-8000-000000000002","0190a5b2-0000-7000-8000-000000000001"],' +
      '"id":"0190a5b2-0000-7000-8000-000000000009","seq":7,"type":"purge","v":1}',
  );
  const text = purgeLeaf(entry).toString("utf8");
  expect(canonicalize(JSON.parse(text))).toBe(text);
});

test("another basis, time, number or order of the decisions is another leaf", () => {
  const others = [
    { ...entry, basis: "Schedule R-12" },
    { ...entry, purgedAt: "2036-03-02T10:15:30.121Z" },
    { ...entry, sequence: 8 },
    { ...entry, decisionIds: [...entry.decisionIds].reverse() },
  ];
  const hashes = [entry, ...others].map((one) => leafHashOf(purgeLeaf(one)).toString("hex"));
  expect(new Set(hashes).size).toBe(5);
});
