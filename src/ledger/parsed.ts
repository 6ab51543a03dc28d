/** What a text of the log says, or what is wrong with it. */
export type Parsed<T> = { readonly value: T } | { readonly fault: string };
