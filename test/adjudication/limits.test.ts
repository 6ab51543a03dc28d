import { SpinalRegion, spinalRegions } from "../../src/claim/claimSession";
import { countedSessions, datesOf } from "../../src/member/countedSessions";
import { Outcome } from "../../src/member/decision";
import { parametersUnder } from "../../src/policy/exceptions";
import { overfilledWindow } from "../../src/policy/frequency";
import { law, version } from "./situations";

const allowsIn = ({ lines }: Outcome, region: SpinalRegion) =>
  lines.some((line) => line.unitsAllowed > 0 && line.region === region);

function parametersOf(outcome: Outcome) {
  return parametersUnder(version.parameters, outcome.exceptionsConsidered);
}

test("no session that is allowed overfills a window, and one that is denied for frequency would", () => {
  law(({ claim, onFile }, outcome) => {
    for (const region of spinalRegions) {
      const dates = datesOf(countedSessions(onFile, version.procedures)[region]);
      const window = overfilledWindow(dates, claim.dateOfService, parametersOf(outcome).sessionsPerRegion);
      if (window) expect(allowsIn(outcome, region)).toBe(false);
      for (const line of outcome.lines.filter((one) => one.region === region)) {
        const denied = line.findings?.adverse.find(({ ruleId }) => ruleId === "ESI-FREQUENCY");
        if (denied) expect(denied.window).toEqual(window);
      }
    }
  });
});

test("no day has more regions than are allowed, unless they were on file before", () => {
  law(({ claim, onFile }, outcome) => {
    const sessions = countedSessions(onFile, version.procedures);
    const before = spinalRegions.filter((region) => datesOf(sessions[region]).includes(claim.dateOfService));
    const added = spinalRegions.filter((region) => !before.includes(region) && allowsIn(outcome, region));
    if (added.length > 0) {
      expect(before.length + added.length).toBeLessThanOrEqual(parametersOf(outcome).regionsPerSession);
    }
  });
});

test("an add-on is allowed only where its primary is, on the claim or on file", () => {
  law(({ claim, onFile }, { lines }) => {
    const sameDay = onFile.filter(({ session }) => session.dateOfService === claim.dateOfService);
    const allowed = [...lines, ...sameDay.flatMap((decision) => decision.lines)]
      .filter(({ unitsAllowed }) => unitsAllowed > 0)
      .map(({ procedureCode }) => procedureCode);
    for (const [addOn, { addOnTo }] of Object.entries(version.procedures)) {
      const isAllowedHere = lines.some((line) => line.procedureCode === addOn && line.unitsAllowed > 0);
      if (addOnTo && isAllowedHere) expect(allowed).toContain(addOnTo);
    }
  });
});
