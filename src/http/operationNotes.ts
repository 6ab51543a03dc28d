import type { ApolloServerPlugin, BaseContext, HeaderMap } from "@apollo/server";
import { rootFieldsOf } from "../graphql/selected";
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
        notes.fields = rootFieldsOf(document, operation);
        notes.documentHash = shapeHash(document);
      },
    };
  },
};
