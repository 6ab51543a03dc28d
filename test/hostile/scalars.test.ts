import { ServedService } from "../graphql/servedOverHttp";
import { history, line, session, submission } from "../graphql/claims";
import { declareDocument, review, reviewDocument, sixInOhio } from "../graphql/correcting";
import { decided, submitDocument } from "../graphql/submitting";
import { canary, hostileBattery, Row } from "./battery";
import { Path, takings, textsIn, withAt } from "./inputs";

const { group, served, post } = hostileBattery();

const badInput = "400 BAD_USER_INPUT";
const badRequest = "400 BAD_REQUEST";
const unfit = "400 GRAPHQL_VALIDATION_FAILED";
const invalid = (...places: string[]): string =>
  `200 ${places.map((place) => `INVALID_INPUT ${place}`).join(", ")}`;

let claims = 0;
/** A claim of a member of its own, since no two are to stand in each other's way. */
const submitting = (given: object, at: object = {}): object => {
  claims += 1;
  const input = submission({ memberId: `M${claims}`, ...given }, `key-${claims}`);
  return { query: submitDocument, variables: { input: { ...input, ...at } } };
};

const refusedAtOnePlace = /^(?:200 )?(?:INVALID_INPUT|DECISION_NOT_FOUND) [^,;]+$/;

/** The text at every place of every input, one place an input; each must be refused, at one place. */
const everywhere = (what: string, text: string, inFreeText: "refused" | "kept" = "refused"): Row => [
  what,
  async () => {
    const otherwise: string[] = [];
    for (const { name, document: query, whole, isBatch, freeTexts } of takings) {
      const isMeant = (path: Path) => inFreeText === "refused" || !freeTexts.includes(String(path.at(-1)));
      const inputs = textsIn(whole)
        .filter(isMeant)
        .map((path) => withAt(whole, path, text));
      const requests = isBatch ? [{ inputs }] : inputs.map((input) => ({ input }));
      const answers = await Promise.all(requests.map((variables) => post({ query, variables })));
      const received = answers.flatMap((answer) => answer.split("; "));
      expect([name, received.length]).toEqual([name, inputs.length]);
      otherwise.push(...received.filter((answer) => !refusedAtOnePlace.test(answer)));
    }
    return otherwise.join("; ") || "refused at every place";
  },
  "refused at every place",
];

const reads: readonly [argument: string, document: string, answer: string][] = [
  ["member", "query ($text: ID!) { member(id: $text) { historyOnFileSince } }", badInput],
  ["decision", "query ($text: ID!) { decision(id: $text) { id } }", '200 {"decision":null}'],
  [
    "decisionByIdempotencyKey, member",
    'query ($text: ID!) { decisionByIdempotencyKey(memberId: $text, idempotencyKey: "k") { id } }',
    badInput,
  ],
  [
    "decisionByIdempotencyKey, key",
    'query ($text: String!) { decisionByIdempotencyKey(memberId: "M", idempotencyKey: $text) { id } }',
    badInput,
  ],
  ["policyInForce", "query ($text: LocalDate!) { policyInForce(on: $text) { id } }", badInput],
  ["replayDecision", "query ($text: ID!) { replayDecision(id: $text) { identical } }", badInput],
  ["asKnownAt", 'query ($text: DateTime) { member(id: "M", asKnownAt: $text) { id } }', badInput],
  ["cursor", "query ($text: String) { decisions(after: $text) { totalCount } }", badInput],
  ["checkpoint", "query ($text: LogIndex) { auditCheckpoint(treeSize: $text) { treeSize } }", badInput],
  ["proof", "query ($text: ID!) { auditProof(decisionId: $text) { leaf } }", '200 {"auditProof":null}'],
  ...["memberId", "claimNumber", "failedRules", "procedureCodes", "providerNpi", "policyVersionId"].map(
    (name): [string, string, string] => [
      `filter.${name}`,
      `query ($text: ${name.endsWith("s") ? "[ID!]" : "ID"}) { decisions(filter: { ${name}: $text }) { totalCount } }`.replace(
        /ID(!\])?(?=\) { decisions\(filter: { (?:claimNumber|procedureCodes|providerNpi))/,
        "String$1",
      ),
      badInput,
    ],
  ),
  ...["decidedFrom", "decidedBefore"].map((name): [string, string, string] => [
    `filter.${name}`,
    `query ($text: DateTime) { decisions(filter: { ${name}: $text }) { totalCount } }`,
    badInput,
  ]),
  ...["serviceFrom", "serviceTo"].map((name): [string, string, string] => [
    `filter.${name}`,
    `query ($text: LocalDate) { decisions(filter: { ${name}: $text }) { totalCount } }`,
    badInput,
  ]),
];
const inReads = (what: string, text: string): Row[] =>
  reads.map(([argument, query, expected]) => [
    `${what} in ${argument}`,
    { query, variables: { text } },
    expected,
  ]);

group(47, "U+0000 in each text", [
  everywhere("within", `${canary}\u0000`),
  everywhere("alone", "\u0000"),
  ...inReads("U+0000", `${canary}\u0000`),
]);

group(48, "half of a surrogate pair", [
  everywhere("the first half", `${canary}\ud800`),
  everywhere("the second half", `\udc00${canary}`),
  ...inReads("a half", `${canary}\ud800`),
]);

group(49, "characters that look like others or like nothing, in ids and codes", [
  everywhere("turned around", `${canary}\u202e1`, "kept"),
  everywhere("of no width", `${canary}\u200b`, "kept"),
  everywhere("Cyrillic", `\u0410${canary}`, "kept"),
  everywhere("full width", `\uff11\uff12${canary}`, "kept"),
  ...inReads("no width", `${canary}\u200b`),
]);

/** Reviews a decision of its own and says what is kept of the reason. */
const keptReason = async (reason: string): Promise<string> => {
  claims += 1;
  const memberId = `R${claims}`;
  const id = await decided(served(), memberId, {});
  const answer = await post({
    query: reviewDocument,
    variables: { input: review(memberId, id, { reason, documentReference: "D" }) },
  });
  const reading = "query ($id: ID!) { decision(id: $id) { supersededBy { review { reason } } } }";
  const { decision } = await read(served(), reading, { id });
  return decision.supersededBy?.review.reason === reason ? "kept as sent" : answer;
};

interface Reviewed {
  readonly decision: { readonly supersededBy: { readonly review: { readonly reason: string } } | null };
}
const read = (service: ServedService, query: string, variables: object): Promise<Reviewed> =>
  service.fields<Reviewed>(query, variables);
const reason = (what: string, text: string, expected = "kept as sent"): Row => [
  what,
  () => keptReason(text),
  expected,
];

group(50, "one text in two forms of Unicode", [
  reason("composed", "caf\u00e9 \u212b \uac00"),
  reason("taken apart", "cafe\u0301 A\u030a \u1100\u1161"),
]);

group(51, "texts as long as they may be, and longer", [
  ["id of 64", submitting({ claimNumber: "A".repeat(64) }), "200 APPROVED"],
  ["id of 65", submitting({ claimNumber: "A".repeat(65) }), invalid("session.claimNumber")],
  ["id of a megabyte", submitting({ claimNumber: "A".repeat(1_000_000) }), invalid("session.claimNumber")],
  reason("reason of 2,000", "x".repeat(2_000)),
  reason("reason of 2,001", "x".repeat(2_001), invalid("reason")),
  reason("reason of a megabyte", "x".repeat(1_000_000), invalid("reason")),
  ...[500, 501, 1_000_000].map(
    (characters): Row => [
      `source system of ${characters}`,
      {
        query:
          "mutation ($inputs: [HistoricalSessionInput!]!) { answers: importSessions(inputs: $inputs) " +
          "{ replayed decision { disposition } userErrors { code field } } }",
        variables: {
          inputs: [history({ memberId: `S${characters}`, sourceSystem: "x".repeat(characters) })],
        },
      },
      characters === 500 ? "200 APPROVED" : invalid("sourceSystem"),
    ],
  ),
]);

group(52, "characters of four bytes", [
  reason("2,000 of them", "\u{1f600}".repeat(2_000)),
  reason("2,001 of them", "\u{1f600}".repeat(2_001), invalid("reason")),
  ["in an id", submitting({ memberId: "\u{1f600}" }), invalid("session.memberId")],
]);

group(53, "spaces around a text: nothing is trimmed", [
  everywhere("before", ` ${canary}`, "kept"),
  everywhere("behind", `${canary} `, "kept"),
  everywhere("a tab", `${canary}\t`),
  everywhere("a space that does not break", `${canary}\u00a0`, "kept"),
  ...inReads("a space", `${canary} `),
  reason("around a reason", "  two spaces, and one behind "),
]);

const properties = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

group(54, "names that every object has", [
  ...properties.flatMap((name): Row[] => [
    [
      `${name} as an id`,
      submitting({ memberId: name, claimNumber: name }, { idempotencyKey: name }),
      "200 APPROVED",
    ],
    [
      `${name} as a name in the variables`,
      `{"query":"{ __typename }","variables":{"${name}":{"${name}":1}}}`,
      '200 {"__typename":"Query"}',
    ],
    [
      `${name} as a name in an input`,
      JSON.stringify(submitting({})).replace('"memberId"', `"${name}":"${canary}","memberId"`),
      badInput,
    ],
    [
      `${name} as a name of the request`,
      `{"query":"{ __typename }","${name}":1}`,
      '200 {"__typename":"Query"}',
    ],
    [`${name} as an operation`, { query: "{ __typename }", operationName: name }, badRequest],
    [`${name} as an alias`, { query: `{ ${name}: __typename }` }, `200 {"${name}":"Query"}`],
    [`${name} as a field`, { query: `{ ${name} }` }, unfit],
    [
      `${name} as a fragment`,
      { query: `{ ...${name} } fragment ${name} on Query { __typename }` },
      '200 {"__typename":"Query"}',
    ],
    [
      `${name} as a variable`,
      {
        query: `query ($${name}: ID!) { decision(id: $${name}) { id } }`,
        variables: JSON.parse(`{"${name}":"x"}`),
      },
      '200 {"decision":null}',
    ],
    [
      `${name} as a variable that is missing`,
      { query: `query ($${name}: ID!) { decision(id: $${name}) { id } }` },
      badInput,
    ],
    [
      `${name} as a parameter`,
      { query: declareDocument, variables: { input: sixInOhio({ parameter: name }) } },
      invalid("parameter"),
    ],
    [`${name} as a state`, submitting({ stateOfService: name }), invalid("session.stateOfService")],
    [
      `${name} as a rule`,
      { query: `{ decisions(filter: { failedRules: ["${name}"] }) { totalCount } }` },
      badInput,
    ],
    [
      `${name} as a policy version`,
      { query: `{ decisions(filter: { policyVersionId: "${name}" }) { totalCount } }` },
      badInput,
    ],
    [
      `${name} in the value of an exception`,
      {
        query: declareDocument,
        variables: { input: sixInOhio({ value: `[{"months":12,"sessions":6,"${name}":1}]` }) },
      },
      invalid("value"),
    ],
  ]),
]);

const injections = [
  "';drop--",
  "'||pg_sleep(9)--",
  "$1",
  "%00",
  "{{7*7}}",
  "${x}",
  "=cmd",
  "%s%n",
  "../../x",
  "<b>",
  "\\x00",
];

group(55, "texts that something else would carry out", [
  ...injections.flatMap((text): Row[] => [
    [
      `${text} as an id`,
      submitting({ memberId: text, claimNumber: text }, { idempotencyKey: text }),
      "200 APPROVED",
    ],
    [
      `${text} read again`,
      {
        query: "query ($id: ID!) { member(id: $id) { id decisions { totalCount } } }",
        variables: { id: text },
      },
      `200 ${JSON.stringify({ member: { id: text, decisions: { totalCount: 1 } } })}`,
    ],
    [
      `${text} searched for`,
      {
        query: "query ($id: String!) { decisions(filter: { claimNumber: $id }) { totalCount } }",
        variables: { id: text },
      },
      '200 {"decisions":{"totalCount":1}}',
    ],
  ]),
  reason("in a reason", `'; drop table decision; -- ${canary} {{7*7}} =cmd|' /C calc'!A0`),
]);

const unitsOf = (units: string): string =>
  JSON.stringify(submitting({})).replace('"units":1', `"units":${units}`);
const literal = (units: string): object => ({
  query: `{ auditEntries(from: "0", first: ${units}) { leafIndex } }`,
});

group(56, "whole numbers in disguise", [
  ["2³¹", unitsOf("2147483648"), badInput],
  ["2³¹ - 1", unitsOf("2147483647"), invalid("session.lines.0.units")],
  ["-1", unitsOf("-1"), invalid("session.lines.0.units")],
  ["-2³¹ - 1", unitsOf("-2147483649"), badInput],
  ["1e2, which is 100", unitsOf("1e2"), "200 PARTIAL"],
  ["1.0, which is 1", unitsOf("1.0"), "200 APPROVED"],
  ["1.5", unitsOf("1.5"), badInput],
  ['"4"', unitsOf('"4"'), badInput],
  ["1e400", unitsOf("1e400"), badInput],
  ["NaN", unitsOf("NaN"), badRequest],
  ["Infinity", unitsOf("Infinity"), badRequest],
  ["0x1", unitsOf("0x1"), badRequest],
  ["01", unitsOf("01"), badRequest],
  ["-0", unitsOf("-0"), invalid("session.lines.0.units")],
  ["a 17th digit", unitsOf("1.00000000000000001"), "200 APPROVED"],
  ["literal 1e2", literal("1e2"), unfit],
  ["literal 1.0", literal("1.0"), unfit],
  ["literal 2³¹", literal("2147483648"), unfit],
  ["literal -0", literal("-0"), badInput],
  ['literal "4"', literal('"4"'), unfit],
]);

group(57, "units that no line has", [
  ...["0", "-1", "1000"].map((units): Row => [units, unitsOf(units), invalid("session.lines.0.units")]),
]);

const charged = (chargeAmount: unknown): object => submitting({ lines: [line({ chargeAmount })] });
const wrongCharge = invalid("session.lines.0.chargeAmount");

group(58, "amounts that no money is", [
  ["0.1 + 0.2 as a number", charged(0.1 + 0.2), badInput],
  ["0.1 + 0.2 as text", charged(String(0.1 + 0.2)), wrongCharge],
  ["1e21", charged("1e21"), wrongCharge],
  ["three places", charged("1.000"), wrongCharge],
  ["one place", charged("1.0"), wrongCharge],
  ["negative", charged("-1.00"), wrongCharge],
  ["a comma", charged("1,00"), wrongCharge],
  ["a currency", charged("$1.00"), wrongCharge],
  ["full-width digits", charged("１.００"), wrongCharge],
  ["ten digits", charged("1000000000.00"), wrongCharge],
  ["nine digits", charged("999999999.99"), "200 APPROVED"],
]);

const effectiveOnly = (flag: unknown): object => ({
  query:
    "query ($flag: Boolean) { decisions(filter: { effectiveOnly: $flag }, first: 1) { pageInfo { hasPreviousPage } } }",
  variables: { flag },
});

group(59, "truth as something else", [
  ...["true", "", 1, 0, [], {}].map((flag): Row => [JSON.stringify(flag), effectiveOnly(flag), badInput]),
  ["null, which is false", effectiveOnly(null), '200 {"decisions":{"pageInfo":{"hasPreviousPage":false}}}'],
]);

const batch = (inputs: unknown): object => ({
  query:
    "mutation ($inputs: [SubmitClaimSessionInput!]!) { answers: submitClaimSessions(inputs: $inputs) { replayed userErrors { code field } } }",
  variables: { inputs },
});

group(60, "nothing in the place of something", [
  ...Object.keys(session()).flatMap((name): Row[] => {
    const isOptional = ["renderingProviderNpi"].includes(name);
    return [
      [`${name} null`, submitting({ [name]: null }), isOptional ? invalid(`session.${name}`) : badInput],
      [
        `${name} missing`,
        submitting({ [name]: undefined }),
        isOptional ? invalid(`session.${name}`) : badInput,
      ],
    ];
  }),
  ["no lines", submitting({ lines: [] }), invalid("session.lines")],
  ["a line that is null", submitting({ lines: [null] }), badInput],
  ["an empty line", submitting({ lines: [{}] }), badInput],
  ["a modifier that is null", submitting({ lines: [line({ modifiers: [null] })] }), badInput],
  [
    "an empty session",
    { query: submitDocument, variables: { input: { idempotencyKey: "k", session: {} } } },
    badInput,
  ],
  ["no inputs", batch([]), "200 "],
  ["an input that is null", batch([null]), badInput],
  ["inputs that are null", batch(null), badInput],
]);

group(61, "values that an enum has none of", [
  ["lower case", submitting({ claimType: "professional" }), badInput],
  ["unknown", submitting({ lineOfBusiness: canary }), badInput],
  ["a space", submitting({ frequency: "VOID " }), badInput],
  ["a number", submitting({ claimType: 0 }), badInput],
  ["an output's value in an input", submitting({ claimType: "IMPORT" }), badInput],
  ["as a literal", { query: "{ decisions(orderBy: decided_at_desc) { totalCount } }" }, unfit],
  ["a text as a literal", { query: '{ decisions(orderBy: "DECIDED_AT_DESC") { totalCount } }' }, unfit],
]);
