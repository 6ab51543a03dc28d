import { readdirSync } from "node:fs";
import { sourceAt, faults } from "../sourceFiles";
import ts from "typescript";

/* The numbers of the groups of hostile inputs that the service must stand: 1 to 86. */
const count = 86;

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

test("each group of hostile inputs has one test here", () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith(".test.ts"));
  const numbers = files.flatMap((file) => groupsIn(`test/hostile/${file}`)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: count }, (_, place) => place + 1));
});
