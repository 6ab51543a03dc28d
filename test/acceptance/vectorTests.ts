import { TopLevelErrors } from "./graphqlSubject";
import { VectorFailure, missingAbilities, runAfresh } from "./runVector";
import type { SubjectFactory } from "./subject";
import type { Vector, VectorFile } from "./vectorFile";

/**
 * A vector that is expected to fail for now: it must fail, and by its answers, not because nobody answered.
 */
export async function expectPending(vector: Vector, factory: SubjectFactory): Promise<void> {
  try {
    await runAfresh(vector, factory);
  } catch (failure) {
    if (failure instanceof VectorFailure || failure instanceof TopLevelErrors) return;
    throw failure;
  }
  throw new Error(`${vector.id} passes now: take it off the pending list`);
}

export function unknownIds(files: VectorFile[], pending: readonly string[]): string[] {
  const known = new Set(files.flatMap((file) => file.vectors.map((vector) => vector.id)));
  return pending.filter((id) => !known.has(id));
}

interface VectorTests {
  files: VectorFile[];
  factory: SubjectFactory;
  pending?: readonly string[];
}

/**
 * Declares a test for each vector. Those named in `pending` must fail; those that need an ability which the
 * factory lacks are skipped.
 */
export function declareVectorTests({ files, factory, pending = [] }: VectorTests): void {
  for (const file of files) {
    describe(file.name, () => {
      for (const vector of file.vectors) {
        const missing = missingAbilities(vector, factory);
        const name = `${vector.id}: ${vector.title}`;
        const declare = missing.length > 0 ? it.skip : it;
        if (pending.includes(vector.id)) declare(`pending ${name}`, () => expectPending(vector, factory));
        else declare(name, () => runAfresh(vector, factory));
      }
    });
  }
  it("names only vectors that exist in the pending list", () => {
    expect(unknownIds(files, pending)).toEqual([]);
  });
}
