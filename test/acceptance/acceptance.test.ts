import { plainDate } from "../../src/claim/plainDate";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { PolicyVersions, seal, SealedPolicyVersion } from "../../src/policy/policyVersion";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { serviceOn } from "../cases/testService";
import { ServedService, serveOverHttp, tokenOf } from "../graphql/servedOverHttp";
import { installClock, setClock } from "./clock";
import { graphqlSubject } from "./graphqlSubject";
import type { Subject, SubjectFactory } from "./subject";
import { loadVectorFiles, VectorPolicyVersion } from "./vectorFile";
import { declareVectorTests } from "./vectorTests";

let database: TestDatabase;
let shared: ServedService | undefined;

beforeAll(async () => {
  database = await freshDatabase();
  await installClock(database.url);
});
afterAll(async () => {
  await shared?.stop();
  await database.drop();
});

/**
 * Each vector's members are new, so the vectors share a database; but those that declare exceptions or have
 * further policy versions have one of their own.
 */
const overHttp: SubjectFactory = {
  abilities: new Set(["clock", "policy-versions"]),
  start: async ({ policyVersions, declaresExceptions }) => {
    if (declaresExceptions || policyVersions.length > 0) return ownSubject(policyVersions);
    await setClock(database.url, null);
    shared ??= await serveOverHttp(await serviceOn(database.url));
    return subjectOf(shared);
  },
};

declareVectorTests({ files: loadVectorFiles(), factory: overHttp });

async function ownSubject(further: readonly VectorPolicyVersion[]): Promise<Subject> {
  const { url, drop } = await freshDatabase();
  await installClock(url);
  const service = { ...(await serviceOn(url)), policyVersions: installed(further) };
  const served = await serveOverHttp(service);
  return { ...subjectOf(served), close: async () => (await served.stop(), drop()) };
}

function subjectOf({ url, service }: ServedService): Subject {
  const subject = graphqlSubject({ url, token: tokenOf() });
  return { ...subject, setClock: (instant) => setClock(service.url, instant) };
}

/** The shipped versions, and those of a vector on top of them. */
function installed(further: readonly VectorPolicyVersion[]): PolicyVersions {
  const [newest, ...older] = [...further.map(versionOf), ...molinaEsiVersions].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? 1 : -1,
  );
  return [newest, ...older];
}

function versionOf({ id, effectiveFrom, parameters }: VectorPolicyVersion): SealedPolicyVersion {
  return seal({ ...molinaEsiVersions[0], id, effectiveFrom: plainDate(effectiveFrom), parameters });
}
