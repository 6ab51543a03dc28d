import { existsSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import ts from "typescript";
import { molinaEsiVersions } from "../src/policy/molinaEsi";
import { rulesOf } from "../src/policy/policyVersion";
import {
  commentsBefore,
  exportedNames,
  faults,
  importedBy,
  linesOf,
  partOf,
  Source,
  sourceAt,
  sourcesIn,
} from "./sourceFiles";

/* The rules of the house, held against the source files. A failure names the file and what it may not do. */

const product = sourcesIn("src");
const migrations = sourcesIn("migrations");
const commandLine = sourceAt("ormconfig.ts");
const everything = [...product, ...migrations, commandLine, ...sourcesIn("test")];

const pure = ["claim", "policy", "member", "adjudication", "ledger", "questions"];
const core = ["claim", "policy", "member", "adjudication"];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  claim: [],
  policy: ["claim"],
  member: ["claim", "policy"],
  adjudication: ["claim", "policy", "member"],
  ledger: core,
  questions: core,
  access: ["durableFile", "loopback"],
  durableFile: [],
  deadline: [],
  strictJson: [],
  loopback: [],
  usualLoad: [],
  embedded: [],
  config: ["loopback", "usualLoad"],
  store: [...core, "ledger", "migrations", "deadline", "usualLoad"],
  sealer: [...core, "ledger", "store", "access", "durableFile", "deadline"],
  cases: [...core, "ledger", "store", "access", "deadline"],
  graphql: [...core, "ledger", "cases", "access", "strictJson"],
  http: [...core, "cases", "access", "graphql", "deadline", "usualLoad", "strictJson"],
  metrics: [...core, "cases", "store", "sealer", "http"],
  log: [],
  demo: [...core, "cases", "store"],
  commands: [
    ...[...core, "ledger", "questions", "cases", "store", "sealer", "embedded", "config"],
    ...["graphql", "service"],
  ],
  migrations: [],
  ormconfig: ["store"],
};
/** They wire everything together. */
const top = [
  ...["main", "serving", "localMode", "productionMode", "productionDatabase", "service", "watching", "cli"],
];
/** These alone read the environment; the others of them are told. */
const environmentReaders = ["main", "cli", "config", "ormconfig"];

test("imports follow the directions of the house", () => {
  const found = faults([...product, ...migrations, commandLine], (node, { path }) => {
    const imported = importedBy(node);
    if (!imported?.startsWith(".")) return false;
    const target = partOf(posix.join(dirname(path), imported));
    const allowed =
      target === partOf(path) || top.includes(partOf(path)) || mayImport[partOf(path)]?.includes(target);
    return !allowed && `may not import ${target}`;
  });
  expect(found).toEqual([]);
});

const onlyIn: Readonly<Record<string, readonly string[]>> = {
  typeorm: ["store", "embedded", "ormconfig", "migrations"],
  pg: ["store", "embedded", "ormconfig", "migrations"],
  "type-graphql": ["graphql", "http"],
  graphql: ["graphql", "http"],
  "class-validator": ["graphql", "http"],
  dataloader: ["graphql", "http"],
  "prom-client": ["metrics"],
};

/**
 * The sealer and the verifier of the log use the database, and signatures come from node:crypto; all else there
 * is a function of its arguments.
 */
const isPure = ({ path }: Source) =>
  pure.includes(partOf(path)) && !/^src\/ledger\/(?:sealer|verify|ed25519)\.ts$/.test(path);

test("packages are imported where they belong, and next to none by the pure folders", () => {
  const found = faults([...product, ...migrations, commandLine], (node, source) => {
    const imported = importedBy(node);
    if (imported === undefined || imported.startsWith(".")) return false;
    const name = imported.split("/")[0];
    const isAllowedInPure = name === "canonicalize" || (imported === "node:crypto" && importsOnlyHash(node));
    const allowed = isPure(source) ? isAllowedInPure : (onlyIn[name]?.includes(partOf(source.path)) ?? true);
    return !allowed && `may not import ${imported}`;
  });
  expect(found).toEqual([]);
});

function importsOnlyHash(node: ts.Node): boolean {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  return names.length > 0 && names.every((name) => name === "createHash" || name === "hash");
}

const outside = "Date process performance globalThis console fetch setTimeout setInterval Intl".split(" ");

test("the pure folders know no clock, no environment and no chance", () => {
  const found = faults(product.filter(isPure), (node) => {
    if (node.getText() === "Math.random") return "may not use Math.random";
    const isName =
      ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node);
    return isName && outside.includes(node.text) && `may not use ${node.text}`;
  });
  expect(found).toEqual([]);
});

test("the environment is read at the top alone", () => {
  const found = faults(product, (node, { path }) => {
    const reads = ts.isPropertyAccessExpression(node) && node.getText() === "process.env";
    return reads && !environmentReaders.includes(partOf(path)) && "may not read process.env";
  });
  expect(found).toEqual([]);
});

const ruleFiles = product.filter(({ path }) => path.startsWith("src/policy/rules/"));

test("no rule contains a number but 0 and 1; the bullet of a citation is none", () => {
  const found = faults(ruleFiles, (node) => {
    const isBullet =
      ts.isCallExpression(node.parent ?? node) && /^molinaOverview\(/.test(node.parent.getText());
    const isNumber = ts.isNumericLiteral(node) || ts.isBigIntLiteral(node);
    return (
      isNumber && !isBullet && !["0", "1"].includes(node.getText()) && `may not contain ${node.getText()}`
    );
  });
  expect(found).toEqual([]);
});

test("every rule has an id of its own, a citation, a place in the policy, and a test of its name", () => {
  const [version] = molinaEsiVersions;
  const ids = rulesOf(version).map(({ rule }) => rule.id);
  expect(new Set(version.rows.map(({ rule }) => rule.title)).size).toBe(ids.length);
  for (const { rule } of version.rows) expect([rule.id, rule.cites.length > 0]).toEqual([rule.id, true]);
  const imports: (string | undefined)[] = [];
  faults([sourceAt("src/policy/molinaEsi.ts")], (node) => imports.push(importedBy(node)) < 0 && "");
  const names = ruleFiles.map(({ path }) => path.slice("src/policy/rules/".length, -".ts".length));
  expect(names.filter((name) => !imports.includes(`./rules/${name}`))).toEqual([]);
  expect(names.filter((name) => !existsSync(join(__dirname, `policy/rules/${name}.test.ts`)))).toEqual([]);
});

const unfinished = /\b(?:TODO|FIXME)\b|@ts-(?:ignore|nocheck)/;
const notAllRun = /^(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|todo)$|^[fx](?:it|test|describe)$/;

test("nothing is left to do, untyped, unchecked or skipped", () => {
  const found = faults(everything, (node, source) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return "may not use any";
    const [mark] = unfinished.exec(commentsBefore(node, source)) ?? [];
    if (mark) return `may not contain ${mark}`;
    // A test that only some machines can run says so by choosing between `test` and `test.skip`.
    const isChoice = ts.isConditionalExpression(node.parent ?? node);
    const isName = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
    return (
      isName &&
      !isChoice &&
      notAllRun.test(node.getText(source.tree)) &&
      `may not use ${node.getText(source.tree)}`
    );
  });
  expect(found).toEqual([]);
});

test("no error is caught and forgotten", () => {
  const found = faults(product, (node) => {
    return ts.isCatchClause(node) && node.block.statements.length === 0 && "may not catch and do nothing";
  });
  expect(found).toEqual([]);
});

test("no file has more than 200 lines, and no line more than 110 characters", () => {
  const found = [...product, ...migrations].flatMap(({ path, tree }) => {
    const lines = tree.text.trimEnd().split("\n");
    const longLines = lines.flatMap((line, place) =>
      line.length > 110 ? `${path}:${place + 1} is too long` : [],
    );
    return lines.length > 200 ? [`${path} has ${lines.length} lines`, ...longLines] : longLines;
  });
  expect(found).toEqual([]);
});

test("no function has more than 40 lines", () => {
  const found = faults(product, (node, source) => {
    const lines = ts.isFunctionLike(node) && "body" in node && node.body ? linesOf(node, source) : 0;
    return lines > 40 && `may not have a function of ${lines} lines`;
  });
  expect(found).toEqual([]);
});

const unwelcome =
  "cpt dos qty edit validator status response item data info util utils helper manager base common".split(
    " ",
  );
/** Names that packages and the public contract brought with them. */
const borrowed = /data(?=Source|Loader)|PageInfo/i;

test("files and exports are named in the words of the house", () => {
  const strange = (name: string) => {
    const words = name.replace(borrowed, "").match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
    return words.find((word) => unwelcome.includes(word.toLowerCase()));
  };
  const files = product.flatMap(({ path }) =>
    strange(basename(path, ".ts")) ? `${path} may not have this name` : [],
  );
  const names = faults(product, (node) => {
    const name = exportedNames(node).find(strange);
    return name && `may not export ${name}`;
  });
  expect([...files, ...names]).toEqual([]);
});
