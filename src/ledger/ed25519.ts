import { createPublicKey, KeyObject, sign, verify } from "node:crypto";
import { NoteSigner, NoteVerifier } from "./signedNote";
import { verifierKey, VerifierKey } from "./verifierKey";

/** Signs notes in a name with a private key of Ed25519; throws where it is another kind of key. */
export function signerOf(name: string, privateKey: KeyObject): NoteSigner {
  const { kty, crv, x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  if (kty !== "OKP" || crv !== "Ed25519") throw new Error("the private key is none of Ed25519");
  const key = verifierKey(name, Buffer.from(x, "base64url"));
  return { key, sign: (text) => sign(null, text, privateKey) };
}

export function verifierOf(key: VerifierKey): NoteVerifier {
  const x = key.publicKey.toString("base64url");
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  return { key, verify: (text, signature) => verify(null, text, publicKey, signature) };
}
