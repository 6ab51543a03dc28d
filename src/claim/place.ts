import { Format, pattern } from "./format";

const statesAndTerritories: ReadonlySet<string> = new Set(
  (
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ " +
    "NM NY NC ND OH OK OR PA RI " +
    "SC SD TN TX UT VT VA WA WV WI WY DC AS GU MP PR VI"
  ).split(" "),
);

export const stateOfService: Format = {
  expected: "the two-letter code of a US state, DC, AS, GU, MP, PR or VI",
  accepts: (text) => statesAndTerritories.has(text),
};

export const placeOfService = pattern("2 digits", /^[0-9]{2}$/);
