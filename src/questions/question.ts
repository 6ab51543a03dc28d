import { PlainDate } from "../claim/plainDate";
import { MemberStream } from "../member/stream";
import { ExceptionRegister } from "../policy/exceptionRegister";
import { InterpretationId } from "../policy/interpretations";
import { SealedPolicyVersion } from "../policy/policyVersion";

/** What is asked of one member: the stream, the policy, and which dates of service are meant. */
export interface Asked {
  readonly stream: MemberStream;
  /** Newest first. */
  readonly versions: readonly SealedPolicyVersion[];
  readonly register: ExceptionRegister;
  /** Both inclusive; absent: without an end. */
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  /** Only for a question about a reading. */
  readonly reading?: InterpretationId;
}

/** A value of an answer; null where there is none. */
export type Told = string | number | boolean | null;

/** A row of an answer, its values in the order of the question's columns. */
export type AnswerRow = readonly Told[];

/** What an auditor asks about every member; one member's rows follow from that member's stream alone. */
export interface Question {
  readonly name: string;
  /** What is asked, as one sentence. */
  readonly sentence: string;
  readonly columns: readonly string[];
  /** Asks about a reading, which must be named. */
  readonly needsReading: boolean;
  readonly answer: (asked: Asked) => AnswerRow[];
}

/** A question whose rows have a value for each of its columns, by name. */
export function question<Column extends string>(of: {
  readonly name: string;
  readonly sentence: string;
  readonly columns: readonly Column[];
  readonly needsReading?: boolean;
  readonly rows: (asked: Asked) => readonly Readonly<Record<Column, Told>>[];
}): Question {
  const { name, sentence, columns, needsReading = false } = of;
  const answer = (asked: Asked) => of.rows(asked).map((row) => columns.map((column) => row[column]));
  return { name, sentence, columns, needsReading, answer };
}

/** Whether a date of service is asked about. */
export function isAskedAbout(date: PlainDate, { from, to }: Asked): boolean {
  return (from === undefined || date >= from) && (to === undefined || date <= to);
}

/** Several words or ids as one value. */
export function inOne(texts: Iterable<string>): string {
  return [...texts].join(" ");
}
