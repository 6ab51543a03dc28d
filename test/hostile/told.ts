interface Written {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

interface Answered {
  readonly decision?: { readonly disposition: string } | null;
  readonly exception?: object | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
  readonly replayed?: boolean;
}

/**
 * A reply in a few words: the HTTP code, then the codes of its errors, or what became of each input, or the
 * fields as they are. What was sent may come back as a field, and never in an error.
 */
export function told(httpCode: number, body: string): string {
  const { data, errors }: Written = JSON.parse(body);
  if (errors) {
    expect(body).not.toContain("CANARY");
    return `${httpCode} ${[...new Set(errors.map(({ extensions }) => extensions.code))].join(" ")}`;
  }
  const { answer, answers, ...others } = data ?? {};
  const all = answers ?? (answer ? [answer] : undefined);
  if (!all) return `${httpCode} ${JSON.stringify(others)}`;
  return `${httpCode} ${distinct((all as readonly Answered[]).map(outcome))}`;
}

function outcome({ decision, exception, userErrors, replayed }: Answered): string {
  expect(JSON.stringify(userErrors)).not.toContain("CANARY");
  if (exception) return "ENTERED";
  if (decision) return `${replayed ? "replayed " : ""}${decision.disposition}`;
  return userErrors.map(({ code, field }) => `${code} ${field.join(".")}`).join(", ");
}

/** Each once, with how often where it is more: "INVALID_INPUT session.memberId ×99". */
function distinct(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count > 1 ? `${text} ×${count}` : text)).join("; ");
}
