import { ValidateBy } from "class-validator";
import { Format } from "../../claim/format";
import { parsePlainDate, plainDateExpected } from "../../claim/plainDate";

/** Longer than any text of any format: spares the formats a look at a text that cannot be right. */
const longestText = 4_000;

const dateOfService: Format = {
  expected: plainDateExpected,
  accepts: (text) => parsePlainDate(text) !== undefined,
};

export function WrittenAs({ expected, accepts }: Format): PropertyDecorator {
  return mustBe(expected, (value) => isWritten(value, accepts));
}

export function WrittenAsDate(): PropertyDecorator {
  return WrittenAs(dateOfService);
}

/** A fault of one text is a fault of the list. */
export function EachWrittenAs({ expected, accepts }: Format, most: number): PropertyDecorator {
  return mustBe(
    `at most ${most} texts, each ${expected}`,
    (value) =>
      Array.isArray(value) && value.length <= most && value.every((text) => isWritten(text, accepts)),
  );
}

export function WholeNumberFrom1To(most: number): PropertyDecorator {
  return mustBe(
    `a whole number from 1 to ${most}`,
    (value) => typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most,
  );
}

/** The message names the member and what was expected of it, never what was given. */
function mustBe(expected: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({
    name: "mustBe",
    validator: {
      validate,
      defaultMessage: (of) => `${of?.property} must be ${expected}`,
    },
  });
}

function isWritten(value: unknown, accepts: Format["accepts"]): boolean {
  return typeof value === "string" && value.length <= longestText && accepts(value);
}
