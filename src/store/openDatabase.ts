import { usualPoolSize } from "../usualLoad";
import { createDataSource, Database } from "./dataSource";
import { codeOf } from "./failure";

const reasons: Readonly<Record<string, string>> = {
  "28P01": "it does not take the password",
  "28000": "it does not let this user in",
  "3D000": "it has no database of this name",
  "53300": "it takes no more connections",
  "57P03": "it is starting or stopping",
  ECONNREFUSED: "nobody listens there",
  ECONNRESET: "it broke off",
  ENOENT: "there is no such socket, or no such file of a certificate",
  EACCES: "this user may not use the socket",
  ENOTFOUND: "its host is not known",
  EAI_AGAIN: "its host is not known now",
  ETIMEDOUT: "it does not answer",
  ERR_INVALID_URL: "its address is none",
};

/** Words of the driver that come without a code. */
const reasonsByMessage: readonly (readonly [RegExp, string])[] = [
  [/does not support SSL/, "it does not speak TLS"],
  [/timeout|timed out/, "it does not answer"],
  [/^Connection terminated/, "it broke off"],
  [/URI malformed|Invalid (URL|port)/, "its address is none"],
];

/** The database at an address; where it does not open, the error is a sentence for those who run it. */
export async function openDatabase(url: string, connections = usualPoolSize): Promise<Database> {
  try {
    return await createDataSource(url, connections).initialize();
  } catch (cause) {
    throw new Error(`the database cannot be used: ${openFault(cause)}; DATABASE_URL says where it is`, {
      cause,
    });
  }
}

/** Why a database does not open, without a word of its address. */
export function openFault(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : "";
  const reason = reasons[code] ?? reasonsByMessage.find(([known]) => known.test(message))?.[1];
  const isTls = /CERT|SIGN|TLS|SSL/.test(code);
  const words = reason ?? (isTls ? "its certificate is not accepted" : "it cannot be reached");
  return code ? `${words} (${code})` : words;
}
