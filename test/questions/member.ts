import { ClaimSession } from "../../src/claim/claimSession";
import { Decision } from "../../src/member/decision";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { Asked, Question } from "../../src/questions/question";
import { Policy } from "../../src/adjudication/judge";
import { claim, lines, loaded, MemberOnFile, policy, surgeryCenter } from "../adjudication/memberOnFile";

const colleague = { renderingProviderNpi: "1000000004" };
const others: Readonly<Record<string, Partial<ClaimSession>>> = {
  claim: {},
  colleague,
  facility: { ...surgeryCenter, placeOfService: "22" },
};

/**
 * A member's decisions D1, D2 … on events such as `claim 2025-01-10 62323-50 64483 x2`, `colleague …`,
 * `facility …`, `loaded …`, `loaded-facility …`, `void 1`, `replace 1 2025-01-11 62323`, `review 1 0 2` (of
 * D1: the units allowed on its lines).
 */
export function streamOf(events: readonly string[], under: Policy = policy): Decision[] {
  const member = new MemberOnFile();
  for (const event of events) happen(event, member, under);
  return member.stream;
}

function happen(event: string, member: MemberOnFile, under: Policy): void {
  const [what, ...words] = event.replaceAll(" x", "_x").split(" ");
  const number = `C${member.stream.length + 1}`;
  const billed = (texts: string[]) => ({ lines: lines(...texts.map((text) => text.replace("_x", " x"))) });
  const about = { policy: under };
  if (what === "review") {
    member.review({ id: `D${words[0]}` }, ...words.slice(1).map(Number));
  } else if (what === "void" || what === "replace") {
    const original = member.stream[Number(words[0]) - 1].session;
    const { claimType, billingProviderNpi, renderingProviderNpi, placeOfService } = original;
    const [date = original.dateOfService, ...codes] = words.slice(1);
    const correction = {
      ...{ claimType, billingProviderNpi, renderingProviderNpi, placeOfService },
      frequency: what === "void" ? ("VOID" as const) : ("REPLACEMENT" as const),
      originalClaimNumber: original.claimNumber,
      originalDateOfService: original.dateOfService,
    };
    member.decide(claim(number, date, { ...correction, ...billed(codes) }), about);
  } else {
    const [date, ...codes] = words;
    const [kind, by = "claim"] = what.startsWith("loaded") ? what.split("-") : ["claim", what];
    const session = { ...others[by], ...billed(codes) };
    member.decide(kind === "loaded" ? loaded(number, date, session) : claim(number, date, session), about);
  }
}

/** The rows that a question tells of a stream: the values of these columns, with bars between them. */
export function told(
  { answer, columns }: Question,
  names: string,
  stream: readonly Decision[],
  asked: Partial<Asked> = {},
): string[] {
  const rows = answer({ stream, versions: molinaEsiVersions, register: [], ...asked });
  for (const row of rows) expect(row).toHaveLength(columns.length);
  const places = names.split(" ").map((name) => columns.indexOf(name));
  expect(places).not.toContain(-1);
  return rows.map((row) => places.map((place) => String(row[place] ?? "-")).join(" | "));
}
