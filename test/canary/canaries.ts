/**
 * Words that nobody else would write, where members, claims and people stand: they go through every way of
 * the service, its failures too, and must come out nowhere but in the answers that were asked for.
 */
export const canaries = {
  member: "CANARYMEMBER7731",
  other: "CANARYOTHERMEMBER7731",
  claim: "CANARYCLAIM7731",
  key: "CANARYKEY7731",
  reason: "CANARYREASON7731 of Žofie Kanárková",
  document: "CANARYDOCUMENT7731",
  citation: "CANARYCITATION7731 by Ana Canária",
  address: "https://canary7731.example/citation",
  plan: "CANARYPLAN7731",
  contract: "CANARYCONTRACT7731",
  source: "CANARYSOURCE7731",
  diagnosis: "Q77Z17Q",
  performer: "1773177310",
  subject: "Cecilia.Canary7731@example.org",
  purpose: "CANARYPURPOSE7731",
  header: "CANARYHEADER7731",
  bearer: "CANARYBEARER7731",
  literal: "CANARYLITERAL7731",
  operation: "CANARYOPERATION7731",
} as const;

/** Names that a client's program gives to parts of a document: errors tell those parts by them, no log does. */
export const clientsNames = {
  alias: "CANARYALIAS7731",
  variable: "CANARYVARIABLE7731",
  fragment: "CANARYFRAGMENT7731",
} as const;

/** Let out on purpose, to see that it is found: the search of a run that finds nothing at all proves nothing. */
export const planted = "PLANTED-7731";

/** The parts of a run in which the words are looked for, by what they are called. */
export type Spoken = Readonly<Record<string, string>>;

/** Where which of the words stands, plainly or in one of the ways in which programs write text: "place: word". */
export function findWords(spoken: Spoken, words: Readonly<Record<string, string>>): string[] {
  return Object.entries(spoken).flatMap(([place, text]) => {
    const readings = readingsOf(text);
    return Object.entries(words)
      .filter(([, word]) => stands(word, text, readings))
      .map(([name]) => `${place}: ${name}`);
  });
}

function stands(word: string, text: string, readings: readonly string[]): boolean {
  const hex = Buffer.from(word).toString("hex");
  return (
    readings.some((reading) => reading.includes(word.toLowerCase()) || reading.includes(hex)) ||
    inBase64(word).some((core) => text.includes(core))
  );
}

const mostTimesEscaped = 3;

/** The text as it is, and as it reads when its escapes are taken away once, twice and three times. */
function readingsOf(text: string): string[] {
  const readings = [text];
  for (let times = 0; times < mostTimesEscaped; times++) readings.push(unescaped(readings[times]));
  return readings.map((reading) => reading.toLowerCase());
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString())
    .replace(/\\(.)/g, "$1");
}

/** How a word looks inside of a longer text in base64: the characters in which nothing but the word has bits. */
function inBase64(word: string): string[] {
  return [0, 1, 2].flatMap((bytesBefore) => {
    const bytes = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(word)]);
    const [first, end] = [Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return [bytes.toString("base64"), bytes.toString("base64url")].map((text) => text.slice(first, end));
  });
}
