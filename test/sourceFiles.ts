import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";

const project = join(__dirname, "..");

/** A source file, parsed; its path is relative to the project. */
export interface Source {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

export function sourceAt(path: string): Source {
  const text = readFileSync(join(project, path), "utf8");
  return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true) };
}

export function sourcesIn(folder: string): Source[] {
  const entries = readdirSync(join(project, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  const paths = files.map(({ parentPath, name }) => relative(project, join(parentPath, name)));
  return paths.sort().map((path) => sourceAt(path.split(sep).join("/")));
}

/** `policy` of `src/policy/rules/levels.ts`, `main` of `src/main.ts`, `migrations` of what lies there. */
export function partOf(path: string): string {
  const [top, part = ""] = path.split("/");
  return (top === "src" ? part : top).replace(/\.ts$/, "");
}

/** A sentence for each node, each token and each comment before one, of which something is found to say. */
export function faults(
  sources: readonly Source[],
  find: (node: ts.Node, source: Source) => string | false | undefined,
): string[] {
  return sources.flatMap((source) => {
    const found = new Set<string>();
    const visit = (node: ts.Node): void => {
      const fault = find(node, source);
      if (fault) found.add(`${source.path}:${lineOf(node, source.tree) + 1} ${fault}`);
      node.getChildren(source.tree).forEach(visit);
    };
    visit(source.tree);
    return [...found];
  });
}

function lineOf(node: ts.Node, tree: ts.SourceFile): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line;
}

export function linesOf(node: ts.Node, { tree }: Source): number {
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line - lineOf(node, tree) + 1;
}

/** The comments and spaces that stand before a node. */
export function commentsBefore(node: ts.Node, { tree }: Source): string {
  return tree.text.slice(node.getFullStart(), node.getStart(tree));
}

/** What a node imports or exports from elsewhere, in any of the ways to do so. */
export function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  const isCall =
    ts.isCallExpression(node) && /^(?:import|require(?:\.resolve)?)$/.test(node.expression.getText());
  return isCall ? textOf(node.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The names that a node at the top of a file exports. */
export function exportedNames(node: ts.Node): string[] {
  if (ts.isExportSpecifier(node)) return [node.name.text];
  const isExported =
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  const declared = ts.isVariableStatement(node) ? [...node.declarationList.declarations] : [node];
  return declared.flatMap((declaration) => {
    const name = ts.getNameOfDeclaration(declaration as ts.Declaration);
    return name ? [name.getText()] : [];
  });
}
