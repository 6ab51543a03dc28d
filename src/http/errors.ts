import type { GraphQLFormattedError } from "graphql";

export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "BAD_REQUEST"
  | "BAD_USER_INPUT"
  | "GRAPHQL_PARSE_FAILED"
  | "GRAPHQL_VALIDATION_FAILED"
  | "TOO_COMPLEX"
  | "DECISION_PURGED"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

interface ErrorKind {
  /** The HTTP code of a reply that carries nothing but this error. */
  httpCode: number;
  /** The same request may succeed later, unchanged. */
  retryable: boolean;
  text: string;
  headers?: Readonly<Record<string, string>>;
}

/** The closed list of top-level errors. Each has its text; what a caller sent never becomes part of it. */
export const errorKinds: Readonly<Record<ErrorCode, ErrorKind>> = {
  UNAUTHENTICATED: {
    httpCode: 401,
    retryable: false,
    text: "A valid bearer token is required.",
    headers: { "www-authenticate": "Bearer" },
  },
  FORBIDDEN: { httpCode: 403, retryable: false, text: "The token lacks a scope that this operation needs." },
  BAD_REQUEST: { httpCode: 400, retryable: false, text: "The request is not a GraphQL request." },
  BAD_USER_INPUT: { httpCode: 400, retryable: false, text: "An argument or a variable is not valid." },
  GRAPHQL_PARSE_FAILED: {
    httpCode: 400,
    retryable: false,
    text: "The document is not GraphQL from here on.",
  },
  GRAPHQL_VALIDATION_FAILED: {
    httpCode: 400,
    retryable: false,
    text: "The document does not fit the schema here.",
  },
  TOO_COMPLEX: { httpCode: 400, retryable: false, text: "The operation asks for too much at once." },
  DECISION_PURGED: {
    httpCode: 410,
    retryable: false,
    text: "The content of this decision was erased after its retention; its leaf is still in the audit log.",
  },
  RATE_LIMITED: {
    httpCode: 429,
    retryable: true,
    text: "The client asks for more than its share; send the same request again later.",
    headers: { "retry-after": "1" },
  },
  UNAVAILABLE: {
    httpCode: 503,
    retryable: true,
    text: "The service cannot answer now; send the same request again.",
    headers: { "retry-after": "1" },
  },
  INTERNAL_SERVER_ERROR: {
    httpCode: 500,
    retryable: false,
    text: "The service failed unexpectedly; its operator can find the cause by the request id.",
  },
};

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorKinds, code);
}

/** A top-level error as the caller sees it. */
export function formatFailure(code: ErrorCode, requestId: string, text?: string): GraphQLFormattedError {
  const kind = errorKinds[code];
  return { message: text ?? kind.text, extensions: { code, retryable: kind.retryable, requestId } };
}

/** Thrown where a request ends before GraphQL sees it. The text must be a constant of ours. */
export class RequestFault extends Error {
  readonly text: string;
  readonly httpCode: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ErrorCode,
    special: Partial<Omit<ErrorKind, "retryable">> = {},
  ) {
    const kind = { ...errorKinds[code], ...special };
    super(kind.text);
    this.name = "RequestFault";
    this.text = kind.text;
    this.httpCode = kind.httpCode;
    this.headers = kind.headers ?? {};
  }
}
