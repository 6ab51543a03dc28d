import { Kind, type OperationDefinitionNode, type SelectionSetNode, type ValueNode } from "graphql";
import type { Fragments } from "../graphql/selected";

type Values = Readonly<Record<string, unknown>>;

/** How many inputs a mutation has: those of its list, or else 1. The variables are taken as sent. */
export function inputCount(
  { selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
  values: Values,
): number {
  const countIn = ({ selections }: SelectionSetNode): number => {
    const counts = selections.map((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return countIn(selection.selectionSet);
      if (selection.kind === Kind.FIELD) return longestList(selection.arguments ?? [], values);
      const fragment = fragments.get(selection.name.value);
      return fragment ? countIn(fragment.selectionSet) : 1;
    });
    return Math.max(1, ...counts);
  };
  return countIn(selectionSet);
}

function longestList(given: readonly { readonly value: ValueNode }[], values: Values): number {
  const lengths = given.map(({ value }) => {
    if (value.kind === Kind.LIST) return value.values.length;
    const sent = value.kind === Kind.VARIABLE ? values[value.name.value] : undefined;
    return Array.isArray(sent) ? sent.length : 1;
  });
  return Math.max(1, ...lengths);
}
