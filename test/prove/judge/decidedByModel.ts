import type { SubmissionPayload } from "../../reference/contract";
import { ReferenceModel } from "../../reference/referenceModel";
import { Evidence, identityOf, keyOf, Row, SeenDecision, Sending } from "../history";
import { decidedForm, refusedForm } from "./decidedForm";

/**
 * I7: taken in its order, each stream is what the model decides; and each refusal is what the model says at
 * some moment between what had been answered when it was asked for and what had been asked for when it came.
 */
export function isDecidedByPolicy({ sendings, decisions, rows }: Evidence): string[] {
  const ofMember = groupedBy(sendings, ({ memberId }) => memberId);
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  return [...decisions].flatMap(([memberId, stream]) =>
    new Member(memberId, stream, ofMember.get(memberId) ?? [], rowsById).findings(),
  );
}

const today = "2026-07-01T00:00:00.000Z";

class Member {
  private readonly placeOf: (id: string) => string;
  /** What asked for each decision, in their order; as far as it is known. */
  private readonly asked: Sending[];
  private judging = { model: newModel(), length: 0 };

  constructor(
    private readonly memberId: string,
    private readonly stream: readonly SeenDecision[],
    private readonly sendings: readonly Sending[],
    rows: ReadonlyMap<string, Row>,
  ) {
    const places = new Map(stream.map(({ id }, place) => [id, String(place + 1)]));
    this.placeOf = (id) => places.get(id) ?? `${memberId} unknown`;
    this.asked = stream.flatMap(
      ({ id }) => sendings.find((sending) => hasAsked(sending, rows.get(id))) ?? [],
    );
  }

  findings(): string[] {
    if (this.asked.length < this.stream.length) return [];
    return [...this.wrongDecisions(), ...this.wrongRefusals()];
  }

  private wrongDecisions(): string[] {
    const model = newModel();
    return this.asked.flatMap((sending, place) => {
      const decision = this.stream[place];
      const { decision: expected } = this.tell(model, sending);
      if (!expected) return [`decision ${decision.id} would be refused`];
      const isSame = decidedForm(decision, this.placeOf) === decidedForm(expected, placeInModel);
      return isSame
        ? []
        : [`decision ${decision.id}, number ${place + 1} of its stream, is not the policy's`];
    });
  }

  private wrongRefusals(): string[] {
    const refused = this.sendings.filter(({ result }) => result === "refused");
    const moments = new Map(refused.map((sending) => [sending, this.momentsOf(sending)] as const));
    // In the order of their last moments, one model can mostly judge one after the other.
    const inOrder = [...moments].sort(([, [, one]], [, [, other]]) => one - other);
    const wrong = inOrder.filter(([sending, span]) => !this.isRefusedAtSomeMoment(sending, span));
    return wrong.map(
      ([{ payload }]) => `a refusal (${payload?.userErrors[0]?.code}) is at no moment the policy's`,
    );
  }

  private isRefusedAtSomeMoment(sending: Sending, [from, to]: readonly [number, number]): boolean {
    const told = refusedForm(sending.payload?.userErrors ?? [], this.placeOf);
    for (let length = to; length >= from; length--) {
      this.goTo(length);
      const { decision, userErrors } = this.tell(this.judging.model, sending);
      // A replay leaves the model as it was, a new decision does not.
      if (decision) this.judging = { model: newModel(), length: 0 };
      else if (refusedForm(userErrors, placeInModel) === told) return true;
    }
    return false;
  }

  /** Lets the model that judges refusals know so much of the stream, and no more. */
  private goTo(length: number): void {
    if (length < this.judging.length) this.judging = { model: newModel(), length: 0 };
    const { model, length: known } = this.judging;
    for (const sending of this.asked.slice(known, length)) this.tell(model, sending);
    this.judging = { model, length };
  }

  /** The shortest and the longest stream that it can have been judged against. */
  private momentsOf({ invoked, returned }: Sending): [number, number] {
    const ids = new Map(this.stream.map(({ id }, place) => [id, place + 1]));
    const answered = this.sendings.map(({ returned: before, payload }) =>
      before < invoked ? (ids.get(payload?.decision?.id ?? "") ?? 0) : 0,
    );
    const firstInvoked = (sending: Sending) =>
      Math.min(
        ...this.sendings.filter((one) => identityOf(one) === identityOf(sending)).map((one) => one.invoked),
      );
    const later = this.asked.findIndex((sending) => firstInvoked(sending) > returned);
    return [Math.max(0, ...answered), later < 0 ? this.stream.length : later];
  }

  /** The model names a decision by member and number. */
  private tell(model: ReferenceModel, { input, client }: Sending): SubmissionPayload {
    if (input.kind === "claim") return model.submit(input.about, client);
    if (input.kind === "import") return model.importSessions([input.about], client)[0];
    const decisionId = `${this.memberId} ${this.placeOf(input.about.decisionId)}`;
    return model.review({ ...input.about, decisionId }, client);
  }
}

function newModel(): ReferenceModel {
  return new ReferenceModel({ now: () => today });
}

const placeInModel = (id: string): string => id.slice(id.lastIndexOf(" ") + 1);

function hasAsked(sending: Sending, row: Row | undefined): boolean {
  if (!row || keyOf(sending) !== [row.memberId, row.client, row.idempotencyKey].join("\n")) return false;
  const { input } = sending;
  if (input.kind === "review") return row.kind === "REVIEW";
  return (input.kind === "claim" ? input.about.session : input.about).claimNumber === row.claimNumber;
}

function groupedBy<T>(values: readonly T[], nameOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(nameOf(value), [...(groups.get(nameOf(value)) ?? []), value]);
  return groups;
}
