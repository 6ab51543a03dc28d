import { Format } from "./format";

/** Text in a person's words; its length is counted in Unicode code points. */
function freeText(mostCharacters: number): Format {
  return {
    expected: `1 to ${mostCharacters} characters without control characters and unpaired surrogates`,
    accepts: (text) =>
      text.length > 0 &&
      text.length <= mostCharacters * 2 &&
      !/[\p{Cc}\p{Surrogate}]/u.test(text) &&
      [...text].length <= mostCharacters,
  };
}

export const reasonText = freeText(2000);
export const shortText = freeText(500);
