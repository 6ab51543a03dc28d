import { coerceInputValue, GraphQLInputType, isInputObjectType } from "graphql";
import { SessionToImport } from "../../cases/importSessions";
import { Fault } from "../../claim/claimForm";
import { NotStrictJson, parseStrictJson } from "../../strictJson";
import { buildSchema } from "../schema";
import { valueFaults } from "../valueFaults";
import { ClaimLineInput } from "./claimLineInput";
import { Read } from "./form";
import { HistoricalSessionInput, readHistoricalSession } from "./historicalSessionInput";

const mostFaults = 100;

/**
 * The session that a line of a file describes, or the faults of its form: what the mutation importSessions
 * takes as an input is taken here, and nothing else is.
 */
export function readHistoricalSessionLine(text: string): Read<SessionToImport> {
  const parsed = parsedLine(text);
  if ("faults" in parsed) return parsed;
  const type = historicalSessionInputType();
  let isOfType = true;
  const coerced = coerceInputValue(parsed.value, type, () => (isOfType = false));
  if (!isOfType) return { faults: faultsOfType(parsed.value, type) };
  return readHistoricalSession(inputOf(coerced));
}

function parsedLine(text: string): Read<unknown> {
  try {
    return { value: parseStrictJson(text) };
  } catch (error) {
    if (!(error instanceof NotStrictJson)) throw error;
    return { faults: [{ field: [], message: `the line ${error.message}` }] };
  }
}

let inputType: GraphQLInputType | undefined;

function historicalSessionInputType(): GraphQLInputType {
  const type = (inputType ??= inputObjectType("HistoricalSessionInput"));
  return type;
}

function inputObjectType(name: string): GraphQLInputType {
  const type = buildSchema().getType(name);
  if (!isInputObjectType(type)) throw new Error(`the schema has no input ${name}`);
  return type;
}

function faultsOfType(value: unknown, type: GraphQLInputType): Fault[] {
  const faults: Fault[] = [];
  for (const { path, expected } of valueFaults(value, type)) {
    const last = path.findLast((step) => typeof step === "string");
    faults.push({ field: path.map(String), message: `${last ?? "the line"} must be ${expected}` });
    if (faults.length === mostFaults) break;
  }
  return faults;
}

/** The validator goes by the classes that the members are declared in. */
function inputOf(coerced: unknown): HistoricalSessionInput {
  const input = Object.assign(new HistoricalSessionInput(), coerced);
  input.lines = input.lines.map((line) => Object.assign(new ClaimLineInput(), line));
  return input;
}
