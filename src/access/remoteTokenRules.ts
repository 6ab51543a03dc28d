import { loopback } from "../loopback";
import { remoteKeys } from "./remoteKeys";
import type { TokenRules } from "./verifyToken";

const longestLifetimeSeconds = 15 * 60;

export interface RemoteIssuer {
  /** As in the claim `iss`, letter by letter. */
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer publishes its JSON Web Key Set; http from this machine alone. */
  readonly keysUrl: string;
}

/**
 * The rules for tokens of an issuer of the deployer's, whose keys are read when first needed. Throws where
 * the address of the keys cannot be used; the text does not repeat it. Failed readings are told by a code.
 */
export function remoteTokenRules(
  { issuer, audience, keysUrl }: RemoteIssuer,
  now: () => Date,
  onKeysFailure: (code: string) => void,
): TokenRules {
  const url = parseKeysUrl(keysUrl);
  return {
    keysFor: remoteKeys({ url, now, onFailure: onKeysFailure }),
    algorithms: ["ES256", "ES384", "RS256", "RS384", "EdDSA"],
    ...{ issuer, audience, longestLifetimeSeconds, now },
  };
}

function parseKeysUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && loopback.includes(url.hostname));
  const isPlain = url?.username === "" && url.password === "" && url.hash === "";
  if (url && isSafe && isPlain) return url;
  throw new Error(
    "the address of the issuer's keys must be https (http on this machine alone), " +
      "without a user and without a fragment",
  );
}
