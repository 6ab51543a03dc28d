import { endLogKey, readLogKeys } from "../store/logKeys";
import { refuseUnlessOwner } from "../store/owner";
import { fail, parse } from "./commandLine";
import { onDatabase, refuseOtherSchema } from "./onDatabase";
import { withDatabaseUrl } from "./place";

const usage = `Usage: esi log-keys
       esi log-keys retire <verifier key>

Prints every key that has signed for the audit log: what it signs, since when, until when, and its text.
Hand the verifier keys out by another way than this service: who checks a proof must not have to trust it.

To change the key name the new one in ESI_LOG_NEXT_KEY_FILE, in local mode put it into the data folder as
log-key-next.pem, and start the service again: both sign from then on. Hand the new text out. Later put the
key in the place of the old one, start again, and retire the old one. A retired key is refused at
the next start; its signatures stay evidence.
`;

export async function logKeys(args: string[]): Promise<void> {
  const { positionals } = parse({ args, options: {}, allowPositionals: true }, usage);
  const [action, verifierKey, ...others] = positionals;
  const isRetiring = action === "retire" && verifierKey !== undefined;
  if (others.length > 0 || (action !== undefined && !isRetiring)) fail("log-keys: not understood", usage);
  await withDatabaseUrl(async (url) => {
    await refuseOtherSchema(url);
    await onDatabase(url, async (database) => {
      if (isRetiring) await refuseUnlessOwner(database, "log-keys retire");
      const isUnknown = isRetiring && !(await endLogKey(database, verifierKey));
      if (isUnknown) throw new Error("no such key signs for the log now");
      for (const { use, from, until, verifierKey: key } of await readLogKeys(database))
        process.stdout.write(`${use.padEnd(10)}  ${from}  ${(until ?? "").padEnd(24)}  ${key}\n`);
    });
  });
}
