import { randomUUID } from "node:crypto";
import { differences } from "./comparison";
import type { Difference } from "./comparison";
import { filledInput, isObject, resolved } from "./filledIn";
import type { RunNames } from "./filledIn";
import {
  candidateForm,
  decisionForm,
  declarationForm,
  memberForm,
  refusalForm,
  submissionForm,
} from "./normalForm";
import type { NameOf } from "./normalForm";
import type { AnsweredSubmission, Subject, SubjectFactory } from "./subject";
import type { Json, JsonObject, Need, Step, Vector } from "./vectorFile";

/** A step's answer is not what the vector expects. */
export class VectorFailure extends Error {
  constructor(
    vector: Vector,
    stepNumber: number,
    { kind }: Step,
    readonly differences: Difference[],
    answer: Json,
  ) {
    const { id, title } = vector;
    const found = differences.map(
      ({ path, expected, got }) =>
        `  ${path === "" ? "answer" : path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
    );
    const place = `${id} step ${stepNumber} (${kind})`;
    const context = [`  answer: ${JSON.stringify(answer)}`, `  title: ${title}`];
    super([`${place} differs`, ...found, ...context].join("\n"));
    this.name = "VectorFailure";
  }
}

/** What earlier steps of a run have named, and the names of its own that it gives. */
interface Run {
  names: RunNames;
  exceptionIds: Set<string>;
  idOf: (name: string) => string;
  nameOf: NameOf;
  nameDecisions: (as: string | undefined, answers: AnsweredSubmission[]) => void;
}

function newRun(): Run {
  const mark = randomUUID();
  const ids = new Map<string, string>();
  let count = 0;
  return {
    names: {
      memberIds: new Map([
        ["M", `M-${mark}`],
        ["N", `N-${mark}`],
      ]),
      fresh: (purpose) => {
        count += 1;
        return `${purpose}-${count}-${mark}`;
      },
    },
    exceptionIds: new Set(),
    idOf: (name) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`no earlier step names a decision $${name}`);
      return id;
    },
    nameOf: (id) => {
      const named = [...ids].find(([, other]) => other === id);
      return named === undefined ? id : `$${named[0]}`;
    },
    nameDecisions: (as, answers) => {
      if (as === undefined) return;
      for (const [place, { decision }] of answers.entries()) {
        const name = answers.length === 1 ? as : `${as}.${place + 1}`;
        if (decision?.id !== undefined) ids.set(name, decision.id);
      }
    },
  };
}

interface Answered {
  form: Json;
  unasked: Difference[];
}

/** An import without expectation: each is decided, and allowed as it is. */
function importedAsTheyAre(forms: JsonObject[]): Difference[] {
  return forms.flatMap((form, place) => {
    const lines = Array.isArray(form.lines) ? form.lines : [];
    const isAllowed = (line: Json): boolean =>
      isObject(line) && (line.disposition === "ALLOWED" || line.disposition === "NOT_GOVERNED");
    const isRolledUp = form.disposition === "APPROVED" || form.disposition === "NOT_GOVERNED";
    const isAsItIs = form.kind === "IMPORT" && isRolledUp && lines.every(isAllowed);
    return isAsItIs ? [] : [{ path: `[${place}]`, expected: "imported as it is", got: form }];
  });
}

function submission(answer: AnsweredSubmission, run: Run, as: string | undefined): Answered {
  run.nameDecisions(as, [answer]);
  return { form: submissionForm(answer, run.nameOf), unasked: [] };
}

async function imported(inputs: JsonObject[], subject: Subject, run: Run, step: Step): Promise<Answered> {
  const answers = await subject.importSessions(inputs);
  run.nameDecisions(step.as, answers);
  const forms = answers.map((answer) => submissionForm(answer, run.nameOf));
  const count =
    answers.length === inputs.length
      ? []
      : [{ path: "length", expected: inputs.length, got: answers.length }];
  const unasked = step.expect === undefined ? [...count, ...importedAsTheyAre(forms)] : count;
  return { form: forms, unasked };
}

async function declared(input: JsonObject, subject: Subject, run: Run, step: Step): Promise<Answered> {
  const answer = await subject.declareException(input);
  const id = answer.exception?.id;
  const form = declarationForm(answer, id !== undefined && run.exceptionIds.has(id));
  if (id !== undefined) run.exceptionIds.add(id);
  const isMissed = step.expect === undefined && form.declared !== true;
  return { form, unasked: isMissed ? [{ path: "declared", expected: true, got: form }] : [] };
}

async function take(step: Step, vector: Vector, subject: Subject, run: Run): Promise<Answered> {
  const given = filledInput(step, vector.defaults, run.names);
  if (Array.isArray(given)) {
    return imported(
      given.map((one) => resolvedObject(one, run)),
      subject,
      run,
      step,
    );
  }
  const input = resolvedObject(given, run);
  switch (step.kind) {
    case "submit":
      return submission(await subject.submit(input), run, step.as);
    case "review":
      return submission(await subject.review(input), run, step.as);
    case "preview": {
      const preview = await subject.preview(input);
      const isRefused = preview.userErrors.length > 0 || preview.disposition === null;
      return {
        form: isRefused ? refusalForm(preview.userErrors, run.nameOf) : decisionForm(preview, run.nameOf),
        unasked: [],
      };
    }
    case "exception":
      return declared(input, subject, run, step);
    case "allowance": {
      const { memberId, ...asked } = input;
      return { form: memberForm(await subject.allowance(String(memberId), asked)), unasked: [] };
    }
    case "candidates": {
      const candidates = await subject.candidates(String(input.memberId));
      return { form: candidates.map((candidate) => candidateForm(candidate, run.nameOf)), unasked: [] };
    }
    default:
      throw new Error(`${step.kind} takes a list`);
  }
}

function resolvedObject(input: JsonObject, run: Run): JsonObject {
  const value = resolved(input, run.idOf);
  return isObject(value) ? value : input;
}

/** A refusal where none is expected is a difference of its own, whatever else is named. */
function unexpectedRefusals(expected: Json, got: Json | undefined, path: string): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) {
    return expected.flatMap((one, place) => unexpectedRefusals(one, got[place], `[${place}]`));
  }
  if (!isObject(expected) || !isObject(got) || "userErrors" in expected || !("userErrors" in got)) return [];
  const refusal = { userErrors: got.userErrors ?? null, fields: got.fields ?? null };
  return [{ path: path === "" ? "userErrors" : `${path}.userErrors`, expected: [], got: refusal }];
}

/** Takes the steps of a vector in their order; the first whose answer differs throws a VectorFailure. */
export async function runVector(vector: Vector, subject: Subject): Promise<void> {
  const run = newRun();
  for (const [place, step] of vector.steps.entries()) {
    const clock = step.clock ?? vector.clock;
    if (clock !== undefined) await subject.setClock?.(clock);
    const { form, unasked } = await take(step, vector, subject, run);
    const expected =
      step.expect === undefined ? undefined : resolved(step.expect, (name) => run.nameOf(run.idOf(name)));
    const found =
      expected === undefined
        ? unasked
        : [...unasked, ...unexpectedRefusals(expected, form, ""), ...differences(expected, form)];
    if (found.length > 0) throw new VectorFailure(vector, place + 1, step, found, form);
  }
}

export function missingAbilities(vector: Vector, factory: SubjectFactory): Need[] {
  return vector.needs.filter((need) => !factory.abilities.has(need));
}

/** Runs a vector on a subject of its own. */
export async function runAfresh(vector: Vector, factory: SubjectFactory): Promise<void> {
  const { policyVersions, steps } = vector;
  const declaresExceptions = steps.some(({ kind }) => kind === "exception");
  const subject = await factory.start({ policyVersions, declaresExceptions });
  try {
    await runVector(vector, subject);
  } finally {
    await subject.close?.();
  }
}
