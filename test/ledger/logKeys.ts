import { createPrivateKey, KeyObject } from "node:crypto";
import { signerOf, verifierOf } from "../../src/ledger/ed25519";
import { NoteSigner, NoteVerifier } from "../../src/ledger/signedNote";

/** The log's name in the golden vector of the log's design. */
export const origin = "claims.example/esi";

const pkcs8BeforeSeed = Buffer.from("302e020100300506032b657004220420", "hex");

/** The private key of Ed25519 with a seed. */
export function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8BeforeSeed, seed]), format: "der", type: "pkcs8" });
}

/** A key for tests, by the byte that its seed begins with: 00 01 … 1f is that of the golden vector. */
export function keyFrom(start: number, name = origin): { signer: NoteSigner; verifier: NoteVerifier } {
  const seed = Buffer.from(Array.from({ length: 32 }, (_, place) => (start + place) % 256));
  const signer = signerOf(name, privateKeyOf(seed));
  return { signer, verifier: verifierOf(signer.key) };
}

export const logKey = keyFrom(0);
export const strangeKey = keyFrom(100);
export const receiptKey = keyFrom(50, `${origin}/receipts`);

/** The leaves for which the roots are known. */
export const knownLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => Buffer.from(hex, "hex"));

export const goldenVerifierKey = "claims.example/esi+4e8ada74+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

export const goldenNote = `claims.example/esi
8
XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

— claims.example/esi ToradF0VmEuSlZlYRaxX2SE247hpiW270krzThn1xGAQ+KpdPQCa+1gB8WvaieuTRx2vJQVcD9tiI6dDKfTI7Ow/oQM=
`;

/** Leaf 5 of the known leaves. */
export const goldenProof = `c2sp.org/tlog-proof@v1
index 5
vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

${goldenNote}`;
