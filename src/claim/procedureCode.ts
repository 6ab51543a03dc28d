import { pattern } from "./format";

export const procedureCode = pattern("5 characters, digits or capital letters", /^[0-9A-Z]{5}$/);
