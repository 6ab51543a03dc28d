import { createHash } from "node:crypto";
import { Kind, print, visit, type ASTNode, type ASTVisitor, type DocumentNode } from "graphql";

const hashes = new WeakMap<DocumentNode, string>();

const namedByCaller: readonly string[] = [
  Kind.OPERATION_DEFINITION,
  Kind.FRAGMENT_DEFINITION,
  Kind.FRAGMENT_SPREAD,
  Kind.VARIABLE,
];

const blank: ASTVisitor = {
  Name: (node, key, parent) => {
    if (key === "alias") return null;
    const isCallers = isNode(parent) && namedByCaller.includes(parent.kind);
    return isCallers ? { ...node, value: "x" } : undefined;
  },
  StringValue: (node) => ({ ...node, value: "", block: false }),
  IntValue: (node) => ({ ...node, value: "0" }),
  FloatValue: (node) => ({ ...node, value: "0" }),
};

/**
 * Tells documents apart by what they ask of the schema. Literals, aliases and names of the caller's are left
 * out: from a hash of them one could find out, by trying, which member was asked for. 16 hex digits.
 */
export function shapeHash(document: DocumentNode): string {
  const known = hashes.get(document);
  if (known !== undefined) return known;
  const shape = print(visit(document, blank));
  const hash = createHash("sha256").update(shape).digest("hex").slice(0, 16);
  hashes.set(document, hash);
  return hash;
}

function isNode(parent: ASTNode | readonly ASTNode[] | undefined): parent is ASTNode {
  return parent !== undefined && !Array.isArray(parent);
}
