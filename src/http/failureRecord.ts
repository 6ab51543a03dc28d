import { isNativeError } from "node:util/types";

const plainWord = /^[\w.$-]{1,128}$/;
const frame = /^ +at .{1,500}$/;

/** What a log may hold of an unexpected error. Messages and details of database errors name members. */
export interface FailureRecord {
  errorName?: string;
  errorCode?: string;
  constraint?: string;
  table?: string;
  stack?: string[];
  cause?: FailureRecord;
}

const deepestCause = 3;

export function failureRecordOf(error: unknown, depth = 0): FailureRecord {
  if (!isNativeError(error)) return { errorName: typeof error };
  const hasCause = error.cause !== undefined && depth < deepestCause;
  return {
    ...(hasCause && { cause: failureRecordOf(error.cause, depth + 1) }),
    errorName: wordOf(error, "name"),
    errorCode: wordOf(error, "code"),
    constraint: wordOf(error, "constraint"),
    table: wordOf(error, "table"),
    stack: framesOf(error),
  };
}

function wordOf(error: Error, property: string): string | undefined {
  const value: unknown = Reflect.get(error, property);
  return typeof value === "string" && plainWord.test(value) ? value : undefined;
}

/** The stack begins with the message, which may itself have lines that look like frames. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? "";
  const start = stack.indexOf(error.message);
  if (start === -1) return [];
  const frames = stack.slice(start + error.message.length).split("\n");
  return frames.filter((line) => frame.test(line)).map((line) => line.trim());
}
