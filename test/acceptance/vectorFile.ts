import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/* The acceptance vectors as they are written: what a file holds, and how it is read. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export type Need = "clock" | "policy-versions";
export const STEP_KINDS = [
  "submit",
  "preview",
  "import",
  "review",
  "exception",
  "allowance",
  "candidates",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface Step {
  kind: StepKind;
  input: Json;
  expect?: Json;
  /** The name of the decision that the step makes. */
  as?: string;
  clock?: string;
}
export interface VectorPolicyVersion {
  id: string;
  effectiveFrom: string;
  parameters: {
    sessionsPerRegion: { months: number; sessions: number }[];
    regionsPerSession: number;
    transforaminalLevels: number;
    interlaminarLevels: number;
  };
}
/** The fields that do not matter, by what they go under. */
export type Defaults = Partial<Record<"session" | "import" | "review" | "exception" | "line", JsonObject>>;
export interface Vector {
  id: string;
  title: string;
  needs: Need[];
  clock?: string;
  policyVersions: VectorPolicyVersion[];
  steps: Step[];
  defaults: Defaults;
}
export interface VectorFile {
  name: string;
  about: string;
  vectors: Vector[];
}

interface WrittenVector {
  id: string;
  title: string;
  needs?: Need[];
  clock?: string;
  policyVersions?: VectorPolicyVersion[];
  steps: JsonObject[];
}
interface WrittenFile {
  about: string;
  defaults: Defaults;
  vectors: WrittenVector[];
}

const VECTORS_FOLDER = path.join(__dirname, "..", "vectors");

function textOrNone(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parseStep(vectorId: string, written: JsonObject): Step {
  const [kind, ...others] = STEP_KINDS.filter((candidate) => candidate in written);
  const names = Object.keys(written);
  const unknown = names.filter((name) => name !== kind && !["as", "expect", "clock"].includes(name));
  if (kind === undefined || others.length > 0 || unknown.length > 0) {
    throw new Error(`${vectorId}: a step has one kind, as, expect and clock, not ${names.join(", ")}`);
  }
  const { expect } = written;
  return {
    kind,
    input: written[kind] ?? null,
    as: textOrNone(written.as),
    clock: textOrNone(written.clock),
    ...(expect === undefined ? {} : { expect }),
  };
}

/** The text of one vector file, with the file's defaults beside each of its vectors. */
export function parseVectorFile(name: string, text: string): VectorFile {
  const written: WrittenFile = JSON.parse(text);
  const vectors = written.vectors.map(
    (vector): Vector => ({
      id: vector.id,
      title: vector.title,
      needs: vector.needs ?? [],
      clock: vector.clock,
      policyVersions: vector.policyVersions ?? [],
      defaults: written.defaults,
      steps: vector.steps.map((step) => parseStep(vector.id, step)),
    }),
  );
  return { name, about: written.about, vectors };
}

export function loadVectorFiles(folder: string = VECTORS_FOLDER): VectorFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => parseVectorFile(name, readFileSync(path.join(folder, name), "utf8")));
}
