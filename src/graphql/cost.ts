import { ComplexityEstimatorArgs } from "graphql-query-complexity";
import { mostLines } from "../claim/claimSession";

/** The most inputs of one batch, and the most decisions of one page. */
export const mostInputs = 100;
export const mostOnPage = 100;
export const usualPage = 20;

/** Lines of a claim that its cost covers; few claims have more. */
const usualLines = 5;

/** The most entries of the log at once, and how many decisions of a stream are proven at once. */
export const mostEntries = 256;
export const usualEntries = 100;
export const mostOfStream = 200;

/**
 * Selected fields of a list's element that cost as much as one field that is asked for once: of an element
 * most of the cost is reading or deciding it, and little is rendering it. With the limit of 2,000 a batch of
 * 100 that shows lines and findings passes, and so does a usual page of whole decisions; 100 whole decisions
 * at once do not.
 */
const elementFieldsPerUnit = 6;

/** What lists without a bound are taken to hold; more than almost all do. */
const usualSessions = 100;
const usualExceptions = 100;
const usualCandidates = 20;

/**
 * A candidate costs as much as so many more fields: its member's stream is read and the claim decided again.
 */
const candidateFields = 24;

/** A claim that is wrong all over has some hundred faults. */
export const faultsCost = 10;

/** The canonical JSON of a policy version is some ten thousand characters: as much as many short fields. */
export const contentCost = 20;

/** To count may take the database half a second, however small the page beside it is. */
export const countCost = 100;

/** A page is asked for from its beginning or, where that can be, from its end. */
export function pageCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const size: unknown = args.first ?? args.last ?? usualPage;
  return listCost(typeof size === "number" ? size : usualPage, mostOnPage, childComplexity);
}

/**
 * A batch is bounded by its lines too. What it decided is told, however long that is; so a batch whose answer
 * would be far too long is refused before anything is decided. 1,000 lines with all of their findings pass:
 * some 7 MB.
 */
export function batchCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  const inputs: unknown[] = Array.isArray(args.inputs) ? args.inputs : [{}];
  const lines = inputs.slice(0, mostInputs).reduce<number>((sum, input) => sum + linesOf(input), 0);
  const cost = listCost(inputs.length, mostInputs, childComplexity);
  return Math.max(cost, listCost(Math.ceil(lines / usualLines), mostInputs * mostLines, childComplexity));
}

/** A claim of an import has its lines itself, one that is submitted has them in its session. */
function linesOf(input: unknown): number {
  if (typeof input !== "object" || input === null) return 0;
  if ("session" in input) return linesOf(input.session);
  return "lines" in input && Array.isArray(input.lines) ? Math.min(input.lines.length, mostLines) : 0;
}

export function sessionsCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return listCost(usualSessions, usualSessions, childComplexity);
}

export function exceptionsCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return listCost(usualExceptions, usualExceptions, childComplexity);
}

/** The work list of one member. */
export function candidatesCost({ childComplexity }: ComplexityEstimatorArgs): number {
  return listCost(usualCandidates, usualCandidates, childComplexity + candidateFields);
}

/** A page of the work list of all members. */
export function workListCost(asked: ComplexityEstimatorArgs): number {
  return pageCost({ ...asked, childComplexity: asked.childComplexity + candidateFields });
}

export function entriesCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return listCost(countOf(args.first, usualEntries), mostEntries, childComplexity);
}

export function completenessCost({ args, childComplexity }: ComplexityEstimatorArgs): number {
  return listCost(countOf(args.first, mostOfStream), mostOfStream, childComplexity);
}

function countOf(argument: unknown, usual: number): number {
  return typeof argument === "number" ? argument : usual;
}

/**
 * Counts outside the bounds are refused by the resolver, with the argument's name; so they cost what the
 * bound costs.
 */
function listCost(count: number, most: number, childComplexity: number): number {
  const elements = Math.min(Math.max(count, 1), most);
  return Math.ceil(elements * (1 + childComplexity / elementFieldsPerUnit));
}
