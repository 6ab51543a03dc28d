import { PolicyVersions } from "../../src/policy/policyVersion";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { installClock, setClock } from "../acceptance/clock";
import { serviceOn } from "../cases/testService";
import { freshDatabase } from "../cluster/database";
import { ServedService, serveOverHttp } from "./servedOverHttp";

/** The API on a database whose clock the test sets. */
export interface ServedWithClock extends ServedService {
  setClock(instant: string): Promise<void>;
}

export async function serveWithClock(
  policyVersions: PolicyVersions = molinaEsiVersions,
): Promise<ServedWithClock> {
  const { url, drop } = await freshDatabase();
  await installClock(url);
  const service = await serviceOn(url);
  const close = async () => (await service.close(), drop());
  const served = await serveOverHttp({ ...service, policyVersions, close });
  return { ...served, setClock: (instant) => setClock(url, instant) };
}
