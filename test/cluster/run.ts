/** What the end of a test run has to do: jest runs globalSetup and globalTeardown in one process. */
let stop = async (): Promise<void> => {};

export function stopLater(act: () => Promise<void>): void {
  stop = act;
}

export function stopNow(): Promise<void> {
  return stop();
}
