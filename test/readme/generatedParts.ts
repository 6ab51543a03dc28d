import { demoPopulation } from "../../src/demo/demoPopulation";
import { exampleCommand } from "../../src/demo/exampleOperations";
import { needOf } from "../../src/graphql/needs";
import { buildSchema } from "../../src/graphql/schema";
import { createMetrics } from "../../src/metrics/metrics";
import { documents } from "../../src/policy/documents";
import { Citation } from "../../src/policy/dated";
import { interpretations } from "../../src/policy/interpretations";
import { molinaEsiVersions } from "../../src/policy/molinaEsi";
import { Reason, Reasons } from "../../src/policy/rule";
import { innerPlaces } from "../graphql/authorization";
import { limitRows } from "./limitRows";
import { settingRows } from "./settingsParts";

/** The parts of README.md that are made from the program, by the name in their markers. */
export function generatedParts(): Record<string, string> {
  return {
    request: requestPart(),
    demo: demoPart(),
    rules: rulesPart(),
    readings: readingsPart(),
    documents: documentsPart(),
    guarded: guardedPart(),
    metrics: metricsPart(),
    limits: table(["what", "at most", "beyond it"], limitRows()),
    settings: table(["variable", "default", "meaning"], settingRows()),
  };
}

/** The text between the markers `<!-- begin NAME -->` and `<!-- end NAME -->`. */
export function partOf(readme: string, name: string): string | undefined {
  return new RegExp(`<!-- begin ${name} -->\\n([^]*?)<!-- end ${name} -->`).exec(readme)?.[1];
}

export function withParts(readme: string, parts: Record<string, string>): string {
  return Object.entries(parts).reduce(
    (text, [name, part]) =>
      text.replace(
        new RegExp(`(<!-- begin ${name} -->\\n)[^]*?(<!-- end ${name} -->)`),
        (_, begin: string, end: string) => begin + part + end,
      ),
    readme,
  );
}

function requestPart(): string {
  return `\`\`\`sh\n${exampleCommand("http://127.0.0.1:4000")}\n\`\`\`\n`;
}

function demoPart(): string {
  return table(
    ["member", "story"],
    demoPopulation.map(({ memberId, story }) => [`\`${memberId}\``, story]),
  );
}

function rulesPart(): string {
  const rows = molinaEsiVersions[0].rows.map(({ rule, reasons }, place) => [
    String(place + 1),
    `\`${rule.id}\``,
    rule.title,
    codesOf(reasons, "MEDICARE"),
    codesOf(reasons, "MEDICAID"),
    rule.interpretations.join(" "),
    rule.cites.map(citationText).join("; "),
  ]);
  return table(
    ["#", "rule", "what it asks", "MEDICARE", "other lines of business", "readings", "cites"],
    rows,
  );
}

function readingsPart(): string {
  const rows = interpretations.map(({ id, subject, reading, alternatives }) => [
    id,
    subject,
    reading,
    alternatives.join("; "),
  ]);
  return table(["id", "text", "reading taken", "alternatives"], rows);
}

function documentsPart(): string {
  const rows = documents.map(({ id, title, publisher, url, dates }) => [
    id,
    title,
    publisher,
    url ?? "–",
    dates,
  ]);
  return table(["id", "document", "publisher", "address", "dates"], rows);
}

/** The fields that are not shown below `member` for its own scope, by type. */
function guardedPart(): string {
  const byType = new Map<string, string[]>();
  for (const { coordinate, field } of innerPlaces(buildSchema())) {
    const { scopes, freeIn } = needOf(field) ?? { scopes: [], freeIn: [] };
    if (scopes.join() !== "decisions:read" || freeIn.includes("member")) continue;
    const [type] = coordinate.split(".");
    byType.set(type, [...(byType.get(type) ?? []), field.name]);
  }
  return table(
    ["type", "fields"],
    [...byType].sort().map(([type, names]) => [
      `\`${type}\``,
      names
        .sort()
        .map((name) => `\`${name}\``)
        .join(", "),
    ]),
  );
}

/** Our own metrics; those of Node and of the process are prom-client's. */
function metricsPart(): string {
  const pool = () => ({ total: 0, idle: 0, waiting: 0 });
  const { registry } = createMetrics({ policyVersions: molinaEsiVersions, operations: [], pool });
  const own = registry.getMetricsAsArray().filter(({ name }) => /^(?:esi|pg)_/.test(name));
  const rows = own.map((metric) => {
    const labels: unknown = Reflect.get(metric, "labelNames");
    const names = Array.isArray(labels) ? labels.map((label) => `\`${label}\``) : [];
    return [`\`${metric.name}\``, String(metric.type), names.join(" "), metric.help];
  });
  return table(["metric", "kind", "labels", "what it counts or measures"], rows);
}

function codesOf(reasons: Readonly<Record<string, Reasons>>, business: keyof Reasons): string {
  const texts = new Set(Object.values(reasons).map((byBusiness) => reasonText(byBusiness[business])));
  return texts.size === 0 ? "–" : [...texts].join(" or ");
}

function reasonText({ group, carc, rarcs }: Reason): string {
  return [`${group}-${carc}`, ...rarcs].join(" ");
}

function citationText({ documentId, section }: Citation): string {
  return documentId === "molina-esi" ? section : documentId;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
