import { AlarmCode } from "./alarms";

/** What the sealer tells of its work while it is at it. */
export type SealerSeen =
  /** An alarm was told, which it is once a minute while its cause lasts. */
  | { readonly what: "alarmed"; readonly code: AlarmCode }
  /** A pass, or a part of it, failed and will be repeated. */
  | { readonly what: "failed" }
  | { readonly what: "passed" }
  | ({ readonly what: "measured" } & LogProgress);

/** How far the log has come, as the database has it. */
export interface LogProgress {
  /** How long the oldest entry has waited that is not sealed; 0 where none waits. */
  readonly lagSeconds: number;
  readonly treeSize: bigint;
  /** Undefined while there is no checkpoint. */
  readonly checkpointAgeSeconds?: number;
}

/** Counts or notes what is seen. It must not throw. */
export type ObserveSealer = (seen: SealerSeen) => void;
