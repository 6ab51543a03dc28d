import { join } from "node:path";
import { workedDecisions } from "./workedDecisions";
import { expectGolden } from "../golden";

test("the worked decisions read as an examiner has read them", () => {
  expectGolden(join(__dirname, "worked-decisions.txt"), workedDecisions());
});
