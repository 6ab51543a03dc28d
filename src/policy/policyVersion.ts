import { createHash } from "node:crypto";
import { canonicalText } from "../claim/canonicalText";
import { PlainDate } from "../claim/plainDate";
import { Conventions } from "./conventions";
import { Citation, Dated, Entry, inForce } from "./dated";
import { documents, PolicyDocument } from "./documents";
import { ExceptionSource } from "./exceptions";
import { Interpretation, interpretations } from "./interpretations";
import { Parameters } from "./parameters";
import { ProcedureTable } from "./procedures";
import { Reasons, Rule } from "./rule";

/** One row of the evaluation order: a rule, and the reason codes of each cause for which it takes units. */
export interface PolicyRow {
  readonly rule: Rule;
  readonly reasons: Readonly<Record<string, Reasons>>;
}

/** A policy as it is maintained: each piece with the dates from which its values hold. */
export interface DatedPolicy {
  readonly id: string;
  readonly parameters: { readonly [Name in keyof Parameters]: Dated<Parameters[Name]> };
  readonly procedures: Dated<ProcedureTable>;
  readonly conventions: Dated<Conventions>;
  /** Whose exceptions go before whose, highest first. Reading I-13. */
  readonly precedence: Dated<readonly ExceptionSource[]>;
  readonly rows: Dated<readonly PolicyRow[]>;
}

/** A policy as it stands for dates of service from `effectiveFrom` until the next version. */
export interface PolicyVersion {
  readonly id: string;
  readonly effectiveFrom: PlainDate;
  readonly parameters: Parameters;
  readonly procedures: ProcedureTable;
  readonly conventions: Conventions;
  readonly precedence: readonly ExceptionSource[];
  /** In evaluation order, which is part of the policy because it changes outcomes. */
  readonly rows: readonly PolicyRow[];
  /** Where each piece is written: a parameter, the procedures, the conventions, the precedence, the rows. */
  readonly cites: Readonly<Record<string, readonly Citation[]>>;
  readonly interpretations: readonly Interpretation[];
  readonly documents: readonly PolicyDocument[];
}

/** A version together with its canonical JSON text and the SHA-256 of that, in hex. */
export interface SealedPolicyVersion extends PolicyVersion {
  readonly content: string;
  readonly contentHash: string;
}

/** The versions of a policy, newest first. */
export type PolicyVersions = readonly [SealedPolicyVersion, ...SealedPolicyVersion[]];

/** One version for each date on which any piece of the policy changed. */
export function versionsOf(policy: DatedPolicy): PolicyVersions {
  const pieces = Object.values(piecesOf(policy));
  const dates = new Set(pieces.flatMap((entries) => entries.map(({ effectiveFrom }) => effectiveFrom)));
  const [newest, ...older] = [...dates].sort().reverse();
  const sealedOn = (date: PlainDate) => seal(versionOn(policy, date));
  return [sealedOn(newest), ...older.map(sealedOn)];
}

export function seal(version: PolicyVersion): SealedPolicyVersion {
  const content = canonicalText(contentOf(version));
  return { ...version, content, contentHash: createHash("sha256").update(content).digest("hex") };
}

/** The rules of a version, each once, with the rows that it has in the evaluation order (from 1). */
export function rulesOf(version: PolicyVersion): { rule: Rule; order: number[] }[] {
  const rules = new Map<string, { rule: Rule; order: number[] }>();
  version.rows.forEach(({ rule }, place) => {
    const known = rules.get(rule.id) ?? { rule, order: [] };
    known.order.push(place + 1);
    rules.set(rule.id, known);
  });
  return [...rules.values()];
}

function versionOn(policy: DatedPolicy, on: PlainDate): PolicyVersion {
  const { sessionsPerRegion, regionsPerSession, transforaminalLevels, interlaminarLevels } =
    policy.parameters;
  return {
    id: `${policy.id}@${on}`,
    effectiveFrom: on,
    parameters: {
      sessionsPerRegion: entryOn(sessionsPerRegion, on).value,
      regionsPerSession: entryOn(regionsPerSession, on).value,
      transforaminalLevels: entryOn(transforaminalLevels, on).value,
      interlaminarLevels: entryOn(interlaminarLevels, on).value,
    },
    procedures: entryOn(policy.procedures, on).value,
    conventions: entryOn(policy.conventions, on).value,
    precedence: entryOn(policy.precedence, on).value,
    rows: entryOn(policy.rows, on).value,
    cites: Object.fromEntries(
      Object.entries(piecesOf(policy)).map(([name, entries]) => [name, entryOn(entries, on).cites]),
    ),
    interpretations,
    documents,
  };
}

function piecesOf({ id, parameters, ...others }: DatedPolicy): Record<string, Dated<unknown>> {
  return { ...parameters, ...others };
}

function entryOn<T>(entries: Dated<T>, on: PlainDate): Entry<T> {
  const entry = inForce(entries, on);
  if (!entry)
    throw new Error(
      `a piece of the policy has no value on ${on}: give each piece an entry from the first date on`,
    );
  return entry;
}

/** Everything that a version says, without the functions that carry it out. */
function contentOf(version: PolicyVersion): object {
  const { id, effectiveFrom, parameters, procedures, conventions, precedence, rows, cites } = version;
  return {
    ...{ id, effectiveFrom, parameters, procedures, conventions, precedence, cites },
    interpretations: version.interpretations,
    documents: version.documents,
    rows: rows.map(({ rule, reasons }, place) => ({
      order: place + 1,
      ruleId: rule.id,
      title: rule.title,
      cites: rule.cites,
      interpretations: rule.interpretations,
      parameters: rule.parameters,
      reasons,
    })),
  };
}
