import type { ApolloServerPlugin, BaseContext, HeaderMap } from "@apollo/server";
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { newNotes, type RequestNotes } from "./requestNotes";
import { shapeHash } from "./shapeHash";

/** Apollo hands the headers of a request through as they are, and nothing else of ours. */
const carried = new WeakMap<HeaderMap, RequestNotes>();

export function carryNotes(headers: HeaderMap, notes: RequestNotes): HeaderMap {
  carried.set(headers, notes);
  return headers;
}

/** The notes of the request with these headers. */
export function notesOf(headers: HeaderMap | undefined): RequestNotes {
  return (headers && carried.get(headers)) ?? newNotes();
}

/** Notes what is asked for, once it is known that the schema has it: no word of it is the caller's then. */
export const operationNotesPlugin: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ request, document, operation }) {
        if (!operation) return;
        const notes = notesOf(request.http?.headers);
        notes.fields = rootFields(document, operation);
        notes.documentHash = shapeHash(document);
      },
    };
  },
};

/** The fields that an operation asks of the root, by their names in the schema. */
function rootFields(document: DocumentNode, { selectionSet }: OperationDefinitionNode): string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const found = new Set<string>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else {
        // Each once: fragments that spread each other would be walked again and again.
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        if (fragment) walk(fragment.selectionSet);
      }
    }
  };
  walk(selectionSet);
  return [...found].sort();
}
