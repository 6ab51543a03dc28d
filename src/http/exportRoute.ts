import { readDecisionFilter } from "../cases/decisionFilterForm";
import type { Exporting } from "../cases/exportDecisions";
import type { Route } from "./exchange";
import { fileRoute, type FileSettings } from "./fileRoute";

/** Decisions as a file. */
export function exportRoute({ exportDecisions, policyVersions }: Exporting, settings: FileSettings): Route {
  const kind = {
    name: "decisions",
    path: "/export",
    counted: ["decisions", "rows"],
    readFilter: (given: unknown) => readDecisionFilter(given, policyVersions),
    parts: exportDecisions,
  };
  return fileRoute(kind, settings);
}
