import {
  DocumentNode,
  FragmentDefinitionNode,
  Kind,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";

/** The fragments of a document by their names. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [one] : []));
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/**
 * The fields that an operation asks of the root, by their names in the schema, each once. Each fragment is
 * looked into once: fragments that spread each other would be walked again and again.
 */
export function rootFieldsOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode): string[] {
  const fragments = new Map(fragmentsOf(document));
  const found = new Set<string>();
  const walk = (selected: SelectionSetNode | undefined): void => {
    for (const selection of selected?.selections ?? []) {
      if (selection.kind === Kind.FIELD) found.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        walk(fragment?.selectionSet);
      }
    }
  };
  walk(selectionSet);
  return [...found].sort();
}
