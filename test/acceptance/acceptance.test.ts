import { plainDate } from "../../src/claim/plainDate";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { seal, SealedPolicyVersion } from "../../src/policy/policyVersion";
import { freshDatabase, TestDatabase } from "../cluster/database";
import { serviceOn } from "../cases/testService";
import { ServedService, serveOverHttp, tokenOf } from "../graphql/servedOverHttp";
import { installClock, setClock } from "./clock";
import { graphqlSubject } from "./graphqlSubject";
import type { Subject, SubjectFactory } from "./subject";
import { loadVectorFiles, VectorPolicyVersion } from "./vectorFile";
import { declareVectorTests } from "./vectorTests";

/** Vectors with a step that the API does not offer yet: reviews, exceptions, the work list. */
const pending: readonly string[] = [
  ...["A-04", "AO-04", "F-12", "F-13", "R-04", "R-09", "U-05", "U-20"],
  ...["K-05", "K-06", "K-07", "K-08", "K-09", "K-10", "K-12", "K-13", "K-14"],
  ...["X-01", "X-02", "X-03", "X-04", "X-05", "X-06", "X-07"],
];

let database: TestDatabase;
const started: ServedService[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  await installClock(database.url);
});
afterAll(async () => {
  for (const { stop } of started) await stop();
  await database.drop();
});

/**
 * Each vector's members are new, so all vectors share a database; further policy versions have a database of
 * their own.
 */
const overHttp: SubjectFactory = {
  abilities: new Set(["clock", "policy-versions"]),
  start: async ({ policyVersions }) => {
    if (policyVersions.length > 0) return subjectOf(await serve(await installed(policyVersions)));
    await setClock(database.url, null);
    const shared = started[0] ?? (await serve(await serviceOn(database.url)));
    return { ...subjectOf(shared), setClock: (instant) => setClock(database.url, instant) };
  },
};

declareVectorTests({ files: loadVectorFiles(), factory: overHttp, pending });

async function serve(service: ServedService["service"]): Promise<ServedService> {
  const served = await serveOverHttp(service);
  started.push(served);
  return served;
}

function subjectOf({ url }: ServedService): Subject {
  return graphqlSubject({ url, token: tokenOf() });
}

/** The shipped versions, and those of a vector on top of them. */
async function installed(further: readonly VectorPolicyVersion[]): Promise<ServedService["service"]> {
  const { url, drop } = await freshDatabase();
  const service = await serviceOn(url);
  const [newest, ...older] = [...further.map(versionOf), ...molinaEsiVersions].sort((one, other) =>
    one.effectiveFrom < other.effectiveFrom ? 1 : -1,
  );
  return {
    ...service,
    policyVersions: [newest, ...older],
    close: async () => (await service.close(), drop()),
  };
}

function versionOf({ id, effectiveFrom, parameters }: VectorPolicyVersion): SealedPolicyVersion {
  return seal({ ...molinaEsiVersions[0], id, effectiveFrom: plainDate(effectiveFrom), parameters });
}
