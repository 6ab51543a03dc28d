import { mostWaiting } from "../../src/cases/memberQueue";
import { countMilliseconds, searchMilliseconds } from "../../src/cases/searchDecisions";
import { mostLines, mostUnits } from "../../src/claim/claimSession";
import { mostDiagnosisCodes } from "../../src/claim/diagnosisCode";
import { reasonText, shortText } from "../../src/claim/freeText";
import { Format } from "../../src/claim/format";
import { idempotencyKey, identifier } from "../../src/claim/identifier";
import { mostModifiers } from "../../src/claim/modifier";
import { mostEntries, mostInputs, mostOfStream, mostOnPage, usualPage } from "../../src/graphql/cost";
import { documentLimits } from "../../src/http/documentLimits";
import { ErrorCode, errorKinds } from "../../src/http/errors";
import { mostExportsAtOnce } from "../../src/http/fileRoute";
import { graceMs } from "../../src/http/inTime";
import { httpLimits } from "../../src/http/limitedServer";
import { secondsOfBurst } from "../../src/http/rate";
import { deepestNesting } from "../../src/strictJson";
import { mostSearchesWaiting, shareOfSearches } from "../../src/service";
import { requestsPerConnection } from "../../src/usualLoad";

/* What README.md says of the limits, from the constants that hold them. */

/** The rows of the README's table: what is limited, to how much, and what happens beyond. */
export function limitRows(): string[][] {
  return [...ofProcess(), ...ofRequest(), ...ofConnection(), ...ofDocument(), ...ofInput()];
}

function ofProcess(): string[][] {
  const exportTime = `${httpLimits.exportMs / 60_000} minutes`;
  return [
    [
      "requests under way in a process",
      `${requestsPerConnection} for each connection of \`ESI_POOL_SIZE\``,
      answer("UNAVAILABLE"),
    ],
    ["delay of the process's event loop", time(httpLimits.loopDelayMs), answer("UNAVAILABLE")],
    [
      "claim sessions and other operations of a client",
      `\`ESI_ITEMS_PER_SECOND\`; at once as many as in ${time(secondsOfBurst * 1_000)}`,
      answer("RATE_LIMITED"),
    ],
    ["submissions that wait for one member", number(mostWaiting), answer("UNAVAILABLE")],
    [
      "searches and exports that read",
      `${shareOfSearches * 100} % of the connections; ${mostSearchesWaiting} more wait`,
      answer("UNAVAILABLE"),
    ],
    ["exports under way", `1 of a client, ${mostExportsAtOnce} of a process`, answer("UNAVAILABLE")],
    ["an export", exportTime, "the connection is closed"],
    ["requests under way when the service stops", time(httpLimits.drainMs), "the connections are closed"],
  ];
}

function ofRequest(): string[][] {
  return [
    ["time until the answer", time(httpLimits.deadlineMs + graceMs), answer("UNAVAILABLE")],
    ["a search", time(searchMilliseconds), `${answer("TOO_COMPLEX")}: narrow the filter`],
    ["counting for `totalCount`", time(countMilliseconds), "it is null"],
    [
      "body",
      `${size(httpLimits.bodyBytes)}; ${size(httpLimits.largeBodyBytes)} with \`claims:submit\` or \`history:import\``,
      "413",
    ],
    ["levels of JSON in it", number(deepestNesting), answer("BAD_REQUEST")],
    ["answer to a query", size(httpLimits.answerBytes), answer("TOO_COMPLEX")],
  ];
}

function ofConnection(): string[][] {
  const { stallMs, exportStallMs, connections, requestsPerConnection: requests } = httpLimits;
  return [
    ["headers", size(httpLimits.headerBytes), "431"],
    [
      "time for the headers, for the whole request",
      `${time(httpLimits.headersTimeoutMs)}, ${time(httpLimits.requestTimeoutMs)}`,
      "408",
    ],
    [
      "nothing moves while an answer is under way",
      `${time(stallMs)}; ${time(exportStallMs)} for an export`,
      "the connection is closed",
    ],
    ["nothing is asked on a connection", time(httpLimits.keepAliveMs), "the connection is closed"],
    [
      "connections; requests on one",
      `${number(connections)}; ${number(requests)}`,
      "the connection is closed",
    ],
  ];
}

function ofDocument(): string[][] {
  const { tokens, depth, aliases, rootFields, mutationRootFields } = documentLimits;
  const { directives, fragments, variables, cost } = documentLimits;
  const parts = [
    `${depth} levels, ${aliases} aliases, ${rootFields} root fields (${mutationRootFields} of a mutation)`,
    `${directives} directives, ${fragments} fragments, ${variables} variables`,
  ];
  return [
    ["tokens of a document", number(tokens), answer("TOO_COMPLEX")],
    ["a document", parts.join(", "), answer("TOO_COMPLEX")],
    ["its cost, which grows with the fields and lists asked for", number(cost), answer("TOO_COMPLEX")],
    ["a page", `${mostOnPage} elements, ${usualPage} unless asked`, answer("BAD_USER_INPUT")],
    ["entries of the log at once", number(mostEntries), answer("BAD_USER_INPUT")],
    ["decisions of `memberCompleteness` at once", number(mostOfStream), answer("BAD_USER_INPUT")],
  ];
}

function ofInput(): string[][] {
  const fault = "`userErrors`";
  return [
    ["claim sessions of a batch", number(mostInputs), answer("BAD_USER_INPUT")],
    ["lines of a claim; units of a line", `${mostLines}; ${mostUnits}`, fault],
    ["modifiers of a line; diagnosis codes", `${mostModifiers}; ${mostDiagnosisCodes}`, fault],
    ["ids and claim numbers", identifier.expected, fault],
    ["idempotency keys", idempotencyKey.expected, fault],
    ["a reason; other free text", [reasonText, shortText].map(lengthOf).join("; "), fault],
  ];
}

function lengthOf({ expected }: Format): string {
  return expected.split(" without ")[0];
}

function answer(code: ErrorCode): string {
  return `${errorKinds[code].httpCode} \`${code}\``;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}

function time(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${milliseconds / 1_000} s`;
}

function size(bytes: number): string {
  return bytes < 1_048_576 ? `${bytes / 1_024} KiB` : `${bytes / 1_048_576} MiB`;
}
