import { stopNow } from "./cluster/run";

export default async function globalTeardown(): Promise<void> {
  await stopNow();
}
