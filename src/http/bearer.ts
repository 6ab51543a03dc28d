import type { IncomingMessage } from "node:http";
import type { Caller } from "../access/caller";
import { KeysUnavailable } from "../access/remoteKeys";
import { TokenRefused } from "../access/verifyToken";
import { RequestFault } from "./errors";

const bearerToken = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i;
const anyBearer = /^Bearer +[^ ]/i;

/** The caller whom the bearer token of a request names. Whatever is wrong with a token, the answer is one. */
export async function callerOf(
  incoming: IncomingMessage,
  authenticate: (token: string) => Promise<Caller>,
): Promise<Caller> {
  const given = incoming.headersDistinct["authorization"] ?? [];
  const [header = "", ...others] = given;
  const token = bearerToken.exec(header)?.[1];
  if (token === undefined || others.length > 0) throw unauthenticated(given);
  try {
    return await authenticate(token);
  } catch (error) {
    if (error instanceof TokenRefused) throw unauthenticated(given);
    if (error instanceof KeysUnavailable) throw keysUnavailable(error);
    throw error;
  }
}

/** RFC 6750, section 3: the challenge names an error only where a token was given. */
function unauthenticated(given: readonly string[]): RequestFault {
  if (!given.some((header) => anyBearer.test(header))) return new RequestFault("UNAUTHENTICATED");
  const headers = { "www-authenticate": 'Bearer error="invalid_token"' };
  return new RequestFault("UNAUTHENTICATED", { headers });
}

function keysUnavailable({ retryAfterSeconds }: KeysUnavailable): RequestFault {
  return new RequestFault("UNAVAILABLE", { headers: { "retry-after": String(retryAfterSeconds) } });
}
