import { Policy } from "../adjudication/judge";
import { Instant } from "../claim/instant";
import { Decision } from "../member/decision";
import {
  ExceptionEntry,
  ExceptionRegister,
  standingAfter,
  StandingException,
  standingExceptions,
} from "../policy/exceptionRegister";
import { PolicyVersions } from "../policy/policyVersion";
import { readExceptions } from "../store/exceptions";
import { answering } from "./answering";
import { Service } from "./service";

/** The register as far as a process has read it. Entries never change: what was read once stays good. */
export interface KnownExceptions {
  register: ExceptionRegister;
}

/** What requests are decided under. */
export function policyUnder(register: ExceptionRegister, versions: PolicyVersions): Policy {
  return {
    versions,
    exceptions: standingAfter(register),
    exceptionSequence: register.length,
  };
}

/** The first entries of the register; those that this process does not know yet are read. */
export async function registerUpTo(
  sequence: number,
  known: KnownExceptions,
  readAfter: (sequence: number) => Promise<readonly ExceptionEntry[]>,
): Promise<ExceptionRegister> {
  if (known.register.length < sequence) learn(known, await readAfter(known.register.length));
  return known.register.length === sequence ? known.register : known.register.slice(0, sequence);
}

/** The whole register now, and the database's clock. */
export async function currentRegister({
  database,
  knownExceptions,
}: Service): Promise<{ now: Instant; register: ExceptionRegister }> {
  const read = await answering(readExceptions(database, knownExceptions.register.length));
  learn(knownExceptions, read.entries);
  return { now: read.now, register: knownExceptions.register };
}

/** Every exception as it stands, in the order of the declarations. */
export async function policyExceptions(service: Service): Promise<StandingException[]> {
  return standingExceptions((await currentRegister(service)).register);
}

/** The exceptions that were known when a decision was made, as they stood then. */
export async function exceptionsKnownTo(
  { exceptionSequence = 0 }: Pick<Decision, "exceptionSequence">,
  { database, knownExceptions }: Service,
): Promise<StandingException[]> {
  const readAfter = async (after: number) => (await answering(readExceptions(database, after))).entries;
  return standingExceptions(await registerUpTo(exceptionSequence, knownExceptions, readAfter));
}

/** Of two reads at once, the later may bring entries that the earlier one has brought already. */
function learn(known: KnownExceptions, entries: readonly ExceptionEntry[]): void {
  const isNew = ({ sequence }: ExceptionEntry) => sequence > known.register.length;
  if (entries.some(isNew)) known.register = [...known.register, ...entries.filter(isNew)];
}
