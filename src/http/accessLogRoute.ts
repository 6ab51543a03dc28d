import { readAccessFilter } from "../cases/accessFilterForm";
import type { ExportingAccessLog } from "../cases/exportAccessLog";
import type { Route } from "./exchange";
import { fileRoute, type FileSettings } from "./fileRoute";

/** The access log as a file. Whoever takes it is logged like any other reader. */
export function accessLogRoute({ exportAccessLog }: ExportingAccessLog, settings: FileSettings): Route {
  const kind = {
    name: "access-log",
    path: "/access-log",
    counted: ["rows"],
    readFilter: readAccessFilter,
    parts: exportAccessLog,
  };
  return fileRoute(kind, settings);
}
