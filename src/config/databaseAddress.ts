import { loopback } from "../loopback";
import { Form } from "./form";

/** A parameter has no brackets; the driver goes no farther for the name than for the address. */
const unguarded: readonly string[] = [...loopback, "::1", "localhost"];

export const databaseAddress: Form<string> = {
  parse: (text) => (/^postgres(ql)?:\/\/\S+$/.test(text) ? text : undefined),
  expected: "postgres://user:password@host:port/database",
};

/**
 * The same, and no word of a connection can be read or changed on the way. The driver takes `require` and
 * `verify-ca` for `verify-full` and says that it will not for ever, and `uselibpqcompat` weakens them at
 * once: only the name that means the same to every version is taken.
 */
export const guardedDatabaseAddress: Form<string> = {
  parse: (text) => (databaseAddress.parse(text) && isGuarded(text) ? text : undefined),
  expected:
    `${databaseAddress.expected}?sslmode=verify-full; without sslmode where the host is a socket, ` +
    "127.0.0.1, ::1 or localhost",
};

function isGuarded(text: string): boolean {
  // A socket's folder stands among the parameters, with nothing where the host would be.
  const whole = text.replace(/^([^/]+\/\/[^/@]*@)\//, "$1none.invalid/");
  if (!URL.canParse(whole)) return false;
  const { hostname, searchParams } = new URL(whole);
  // Of a parameter that stands there twice programs take different ones.
  if (new Set(searchParams.keys()).size !== searchParams.size) return false;
  const sslMode = searchParams.get("sslmode");
  if (sslMode !== null) return sslMode === "verify-full";
  // Without a host the driver asks PGHOST.
  const host = searchParams.get("host") ?? decodeURIComponent(hostname);
  return unguarded.includes(host) || host.startsWith("/");
}
