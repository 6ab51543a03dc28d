import { Answered, decideAll } from "./decideAll";
import { judge, Judgement } from "./judge";
import { claimsOf } from "./population";

export interface Audited {
  readonly answered: readonly Answered[];
  readonly judgement: Judgement;
  readonly secondsToDecide: number;
  readonly secondsToJudge: number;
}

interface Setting {
  readonly seed: string;
  readonly sessions: number;
  readonly service: { readonly address: string; readonly token: string };
  /** Where the judge may make its tables. */
  readonly databaseUrl: string;
  readonly onProgress?: (answered: number) => void;
}

/** Lets a service decide a population, and judges the answers. */
export async function auditOnce({
  seed,
  sessions,
  service,
  databaseUrl,
  onProgress,
}: Setting): Promise<Audited> {
  const { originals, corrections } = claimsOf(seed, sessions);
  const start = performance.now();
  const answered = await decideAll(service, originals, onProgress);
  answered.push(...(await decideAll(service, corrections)));
  const decided = performance.now();
  const judgement = await judge(databaseUrl, answered);
  return {
    ...{ answered, judgement },
    secondsToDecide: (decided - start) / 1_000,
    secondsToJudge: (performance.now() - decided) / 1_000,
  };
}
