import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceAt, faults } from "../sourceFiles";
import ts from "typescript";

/* The numbers of the groups of hostile inputs that the service must stand: 1 to 86. */
const count = 86;

/** Groups that have their tests beside what they try; each names a test that stands there. */
const elsewhere: readonly (readonly [group: number, file: string, test: string])[] = [
  [46, "test/http/forgedTokens.test.ts", "HS256 with the public key in PEM"],
  [46, "test/http/forgedTokens.test.ts", "an unknown critical extension"],
  [46, "test/http/forgedTokens.test.ts", "expired 31 seconds ago"],
  [46, "test/http/graphqlRoute.test.ts", "given twice is refused"],
];

const project = join(__dirname, "../..");

function groupsIn(path: string): number[] {
  const found: number[] = [];
  faults([sourceAt(path)], (node) => {
    const isGroup = ts.isCallExpression(node) && node.expression.getText() === "group";
    const [number] = isGroup ? node.arguments : [];
    if (number && ts.isNumericLiteral(number)) found.push(Number(number.text));
    return false;
  });
  return found;
}

test("each group of hostile inputs has one test here, or is tested elsewhere", () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith(".test.ts"));
  const here = files.flatMap((file) => groupsIn(`test/hostile/${file}`));
  const numbers = [...here, ...new Set(elsewhere.map(([group]) => group))].sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: count }, (_, place) => place + 1));
});

test.each(elsewhere)("group %i is tested in %s: %s", (_, file, name) => {
  expect(readFileSync(join(project, file), "utf8").includes(`"${name}"`)).toBe(true);
});
