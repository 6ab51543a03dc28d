import { NoteSigner } from "../ledger/signedNote";
import { Deadline, sooner } from "../deadline";
import { PolicyVersions } from "../policy/policyVersion";
import { Database } from "../store/dataSource";
import { databaseUntil } from "../store/impatience";
import { KnownExceptions } from "./exceptions";
import { Lane } from "./lane";
import { MemberQueue } from "./memberQueue";
import { ObserveCase } from "./seen";

/** What deciding works with: all that is not a function of its arguments comes in here. */
export interface DecidingService {
  readonly database: Database;
  readonly policyVersions: PolicyVersions;
  readonly memberQueue: MemberQueue;
  /** Ids of the versions that this process knows to be stored. */
  readonly storedPolicyVersions: Set<string>;
  /** The register of exceptions as far as this process has read it. */
  readonly knownExceptions: KnownExceptions;
  /** A new decision id: time and randomness, nothing of the member. */
  readonly newId: () => string;
  /** 16 random bytes, never used before. */
  readonly newSalt: () => Buffer;
  /** A number from 0 up to 1, by chance. */
  readonly chance: () => number;
  /** A clock that only runs forward, in milliseconds; it bounds waiting and decides nothing. */
  readonly elapsed: () => number;
  /** Told of everything that is worth counting. */
  readonly observe: ObserveCase;
  /** Kept by the database too. Absent: the work may take as long as each statement may. */
  readonly deadline?: Deadline;
}

/** What all use cases together work with. */
export interface Service extends DecidingService {
  /** Signs that a decision will be in the log; its name is that of the log and "/receipts". */
  readonly receiptSigner: NoteSigner;
  /** What searches and exports may take of the database, all together. */
  readonly searchLane: Lane;
}

/** The same service for work that ends by a deadline, or by its own where that is before. */
export function endingBy<S extends DecidingService>(deadline: Deadline, service: S): S {
  const first = sooner(deadline, service.deadline);
  return { ...service, deadline: first, database: databaseUntil(first, service.database) };
}

/** The same service, of whose work one more is told. */
export function observedBy(service: Service, observe: ObserveCase): Service {
  return {
    ...service,
    observe: (seen) => {
      service.observe(seen);
      observe(seen);
    },
  };
}
