import { ServedService } from "./servedOverHttp";

export interface Page {
  readonly nodes: { readonly id: string; readonly memberId: string }[];
  readonly edges: { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
}

const args = [
  ["filter", "DecisionFilter"],
  ["orderBy", "DecisionOrder"],
  ["first", "Int"],
  ["after", "String"],
  ["last", "Int"],
  ["before", "String"],
] as const;

export const searchDocument = `query (${args.map(([name, type]) => `$${name}: ${type}`).join(", ")}) {
  decisions(${args.map(([name]) => `${name}: $${name}`).join(", ")}) {
    nodes { id memberId } edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export async function search(served: ServedService, variables: object = {}): Promise<Page> {
  return (await served.fields<{ decisions: Page }>(searchDocument, variables)).decisions;
}

export const idsOf = ({ nodes }: Page): string[] => nodes.map(({ id }) => id);
