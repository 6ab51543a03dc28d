import { diagnosisCode } from "../../src/claim/diagnosisCode";
import { Format } from "../../src/claim/format";
import { reasonText, shortText } from "../../src/claim/freeText";
import { idempotencyKey, identifier } from "../../src/claim/identifier";
import { modifier } from "../../src/claim/modifier";
import { chargeAmount } from "../../src/claim/money";
import { npi } from "../../src/claim/npi";
import { placeOfService, stateOfService } from "../../src/claim/place";
import { procedureCode } from "../../src/claim/procedureCode";

interface Examples {
  readonly format: Format;
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

const visible = Array.from({ length: 0x7e - 0x21 + 1 }, (_, place) => String.fromCharCode(0x21 + place));
const musicalClef = "\u{1d11e}";

const formats: Readonly<Record<string, Examples>> = {
  identifier: {
    format: identifier,
    accepted: [...visible, visible.slice(0, 64).join(""), "x".repeat(64), "__proto__", "constructor", "0"],
    refused: [
      "x".repeat(65),
      "a b",
      " a",
      "a ",
      "a\tb",
      "a\u00a0b",
      "é",
      "А1",
      "a\u007f",
      "a\u0000",
      "Ａ",
      "a\u200b",
    ],
  },
  "idempotency key": {
    format: idempotencyKey,
    accepted: [...visible, "k".repeat(255)],
    refused: ["k".repeat(256), "a b", "ключ", "k\u007f"],
  },
  "procedure code": {
    format: procedureCode,
    accepted: ["62323", "J3301", "00000", "ZZZZZ"],
    refused: ["6232", "623230", "j3301", "6232O ", "6232３", "6232٣", "6232З", "62-23"],
  },
  modifier: {
    format: modifier,
    accepted: ["RT", "50", "KX", "X1", "00"],
    refused: ["R", "RTT", "rt", "Rt", "R ", " R", "５0", "٥٠", "RТ", "R-"],
  },
  "diagnosis code": {
    format: diagnosisCode,
    accepted: ["M54", "M5416", "M54.16", "Z00", "A.....", "ABCDEFGH", "M54.16XX"],
    refused: ["M5", "M54.16XXA", "m54", "054.1", ".M54", "M54,1", "M54 1", "М54", "M５4"],
  },
  "charge amount": {
    format: chargeAmount,
    accepted: ["0.00", "1250.00", "123456789.99", "000000000.00"],
    refused: [
      ...[
        "1",
        "1.",
        ".50",
        "1.5",
        "1.505",
        "1234567890.00",
        "-1.00",
        "+1.00",
        "1,250.00",
        "1e3.00",
        "1250,00",
      ],
      ...["١.٠٠", "１.00", "NaN", "1.00 ", "$1.00"],
    ],
  },
  "place of service": {
    format: placeOfService,
    accepted: ["24", "11", "00", "99"],
    refused: ["2", "024", "2A", "２4", "٢٤", "24 "],
  },
  "state of service": {
    format: stateOfService,
    accepted: [
      ..."AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO".split(" "),
      ..."MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".split(" "),
      ..."DC AS GU MP PR VI".split(" "),
    ],
    refused: [
      "tx",
      "Tx",
      "T",
      "TXX",
      "TX ",
      "XX",
      "UM",
      "FM",
      "MH",
      "PW",
      "AE",
      "AP",
      "AA",
      "ТX",
      "constructor",
    ],
  },
  NPI: {
    format: npi,
    accepted: ["1234567893", "1500000009", "1900000005"],
    refused: [
      "123456789",
      "12345678930",
      "1234567890",
      "808401234567893",
      "１234567893",
      "١٢٣٤٥٦٧٨٩٣",
      "123456789A",
      "1234 67893",
    ],
  },
  "reason of a review": {
    format: reasonText,
    accepted: [
      "x",
      " ",
      "größer, ≥ 4 sessions; see “notes”",
      "م",
      "x".repeat(2_000),
      musicalClef.repeat(2_000),
      "e\u0301",
    ],
    refused: ["x".repeat(2_001), musicalClef.repeat(2_001), `${musicalClef.repeat(2_000)}x`],
  },
  "other free text": {
    format: shortText,
    accepted: ["x", "x".repeat(500), musicalClef.repeat(500), `${musicalClef.repeat(499)}x`],
    refused: ["x".repeat(501), musicalClef.repeat(501), "x".repeat(1_001)],
  },
};

/** What no format accepts, put after, before and inside an accepted text. */
const neverIn = [
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\u001f",
  "\u007f",
  "\u0085",
  "\u009f",
  "\ud800",
  "\udc00",
  "\udc00\ud800",
];

describe.each(Object.entries(formats))("the format of %s", (_, { format, accepted, refused }) => {
  test("accepts what is written so", () => {
    expect(accepted.filter((text) => !format.accepts(text))).toEqual([]);
  });

  test("refuses what is not", () => {
    expect([...refused, ""].filter((text) => format.accepts(text))).toEqual([]);
  });

  test("refuses control characters and unpaired surrogates wherever they stand", () => {
    const [text] = accepted;
    const broken = neverIn.flatMap((strange) => [
      text + strange,
      strange + text,
      text.slice(0, 1) + strange + text.slice(1),
    ]);
    expect(broken.filter((wrong) => format.accepts(wrong))).toEqual([]);
  });

  test("says what was expected", () => {
    expect(format.expected).toMatch(/^(?:a |the |decimal |[0-9])/);
  });

  test("judges a text the same each time", () => {
    const judged = () => accepted.map((text) => format.accepts(text));
    expect(judged()).toEqual(judged());
  });
});
