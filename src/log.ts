import { DestinationStream, destination, Logger, pino, stdTimeFunctions } from "pino";

/** All that a line of the log may say. What else somebody hands to the logger is left out. */
const mayLog: ReadonlySet<string> = new Set([
  ...["requestId", "method", "path", "fields", "documentHash", "clientId", "httpCode", "errorCodes"],
  ...["milliseconds", "isCut", "attempts", "decided", "replayed", "refused", "turnedAway"],
  ...["port", "code", "reason", "error", "errorName", "errorCode", "constraint", "table", "stack", "cause"],
]);

/** Names under which errors of others' programs keep what must not be logged: the second net, for causes. */
const neverLogged = "authorization,detail,driverError,message,parameters,query,token,variables,where"
  .split(",")
  .flatMap((name) => [`cause.${name}`, `cause.cause.${name}`, `cause.cause.cause.${name}`]);

/** The log of the process: JSON lines on its standard error unless another destination is given. */
export function openLog(to: DestinationStream = destination(2), level = "info"): Logger {
  const settings = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { log: onlyWhatMayBeLogged },
    redact: { paths: neverLogged, remove: true },
  };
  return pino(settings, to);
}

function onlyWhatMayBeLogged(line: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).filter(([name]) => mayLog.has(name)));
}
