/** What is done to the service while clients use it; each is healed again before the run ends. */
export const faultNames = [
  "killService",
  "freezeService",
  "killDatabase",
  "killConnections",
  "cutBeforeInsert",
  "swallowReplyToInsert",
  "holdBackCommit",
  "delay",
  "blackHole",
  "killSealer",
  "fillDisk",
] as const;

export type FaultName = (typeof faultNames)[number];

export interface Setting {
  /** Whatever is chosen at random follows from it; what happens at once does not. */
  readonly seed: string;
  readonly seconds: number;
  readonly faults: readonly FaultName[];
  /** Imports and reviews are sent too. They may fill a window beyond its limit, so that no run can rule that out. */
  readonly withHistory: boolean;
  /** The root of the sources that are run; absent: the project itself. */
  readonly sources?: string;
}
