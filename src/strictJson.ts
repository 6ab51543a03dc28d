export const deepestNesting = 16;

/** Says why a text is not read, to follow what the text is; it repeats nothing of it. */
export class NotStrictJson extends Error {
  override readonly name = "NotStrictJson";
}

/**
 * JSON.parse, but a member name given twice and nesting beyond 16 are refused: of two values for one name
 * JSON.parse silently keeps the last, and another reader of the same bytes may keep the first. Throws
 * `NotStrictJson`.
 */
export function parseStrictJson(text: string): unknown {
  try {
    checkShape(text);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new NotStrictJson("is not JSON");
    throw error;
  }
}

/** Looks only at what nests and at names; grammar is left to JSON.parse, which reads the text afterwards. */
function checkShape(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let nameIsNext = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{" || character === "[") {
      nameIsNext = character === "{";
      if (open.push(nameIsNext ? new Set() : undefined) > deepestNesting) {
        throw new NotStrictJson(`nests deeper than ${deepestNesting} levels`);
      }
    } else if (character === "}" || character === "]") {
      open.pop();
      nameIsNext = false;
    } else if (character === ",") {
      nameIsNext = open.at(-1) !== undefined;
    } else if (character === '"') {
      const end = endOfString(text, at);
      if (nameIsNext) addName(open.at(-1), text.slice(at, end + 1));
      nameIsNext = false;
      at = end;
    }
  }
}

function addName(names: Set<string> | undefined, quoted: string): void {
  const name: string = quoted.includes("\\") ? JSON.parse(quoted) : quoted.slice(1, -1);
  if (names?.has(name)) throw new NotStrictJson("has a member name twice");
  names?.add(name);
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === "\\") before -= 1;
  return (at - before) % 2 === 1;
}
