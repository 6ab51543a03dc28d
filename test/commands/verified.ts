import { addFindings, inLogOrder, LogFinding, newFindings } from "../../src/commands/verify/finding";
import { LogCall, VerifiedLog, verifyLog } from "../../src/commands/verify/verification";
import { VerifiedStreams, verifyVisitor } from "../../src/commands/verifyRange";
import { Connection, withConnection } from "../../src/store/connection";
import { changedMembers, MemberChoice } from "../../src/store/sealedStreams";
import { trustedKeys } from "./sealedStore";

/** What verifying everything finds, as the command does it with its threads. */
export async function verified(
  url: string,
  call: Partial<LogCall> = {},
): Promise<{ findings: LogFinding[]; log: VerifiedLog; streams: VerifiedStreams }> {
  return withConnection(url, async (connection) => {
    const findings = newFindings();
    const whole = { keys: trustedKeys, held: [], receipts: [], ...call };
    const log = await verifyLog(connection, whole, "counts", findings);
    const visit = verifyVisitor(connection, { overdue: "counts" });
    const streams = await visit(whole.from === undefined ? {} : await changedSince(connection, whole.from));
    addFindings(findings, streams.findings.first, streams.findings.number);
    return { findings: inLogOrder(findings.first), log, streams };
  });
}

/** All at once; the command takes them list by list. */
async function changedSince(connection: Connection, from: bigint): Promise<MemberChoice> {
  const members: string[] = [];
  for await (const choice of changedMembers(connection, from)) members.push(...(choice.members ?? []));
  return { members };
}
