import { usualItemsPerSecond, usualPoolSize } from "../usualLoad";
import { databaseAddress, guardedDatabaseAddress } from "./databaseAddress";
import {
  Form,
  hostName,
  issuerName,
  keysAddress,
  logOrigin,
  oneOf,
  path,
  visibleText,
  wholeNumber,
} from "./form";

export type Mode = "local" | "production";

/** What a mode does with a setting: refuses it, leaves it to choice, demands it, or knows a default. */
export type Use = "unused" | "optional" | "needed" | { readonly default: string };

/** Something that the environment says: one variable, of which README.md and .env.example tell too. */
export interface Setting<Value = unknown> {
  readonly name: string;
  /** A plain sentence without its full stop. */
  readonly meaning: string;
  readonly local: Use;
  readonly production: Use;
  readonly form: Form<Value>;
  /** Where production is stricter. */
  readonly productionForm?: Form<Value>;
  /** What holds where it is optional and left out, for people. */
  readonly otherwise?: string;
  readonly isSecret?: true;
}

const milliseconds = wholeNumber(0, 600_000);
export const logLevels = ["error", "warn", "info", "debug"] as const;

/** Every setting there is; a variable ESI_… beside them is a fault. */
export const settings = {
  mode: {
    name: "ESI_MODE",
    meaning: "`local`, set by the `npm` scripts, or nothing for production",
    ...{ local: "optional", production: "optional", otherwise: "production" },
    form: { ...oneOf(["local"]), expected: "local, or nothing for production" },
  },
  port: {
    name: "PORT",
    meaning: "Port to listen on; 0 lets the system choose",
    local: { default: "4000" },
    production: { default: "4000" },
    form: wholeNumber(0, 65_535),
  },
  host: {
    name: "ESI_HOST",
    meaning: "Address to listen on; local mode listens on 127.0.0.1 and nowhere else",
    local: "unused",
    production: { default: "0.0.0.0" },
    form: hostName,
  },
  databaseUrl: {
    name: "DATABASE_URL",
    meaning:
      "A PostgreSQL 14 or newer, `postgres://user:password@host:port/database`; production demands " +
      "`?sslmode=verify-full` unless the host is a socket or this machine",
    ...{ local: "optional", production: "needed", otherwise: "the embedded one", isSecret: true },
    form: databaseAddress,
    productionForm: guardedDatabaseAddress,
  },
  localFolder: {
    name: "ESI_DATA_DIR",
    meaning: "Folder of the embedded database and of the keys for tokens, checkpoints and receipts",
    local: { default: "data" },
    production: "unused",
    form: path,
  },
  checkpointFolder: {
    name: "ESI_CHECKPOINT_DIR",
    meaning:
      "Folder that signed checkpoints are published to, `<number of entries>.checkpoint` each; the newest " +
      "one must stay there",
    ...{ local: "optional", production: "needed", otherwise: "`checkpoints` in the data folder" },
    form: path,
  },
  tokenIssuer: {
    name: "ESI_TOKEN_ISSUER",
    meaning: "Whose tokens are accepted: the claim `iss`, letter by letter",
    ...{ local: "unused", production: "needed" },
    form: issuerName,
  },
  tokenAudience: {
    name: "ESI_TOKEN_AUDIENCE",
    meaning: "What the claim `aud` of a token must name: this service",
    ...{ local: "unused", production: "needed" },
    form: visibleText,
  },
  tokenKeysUrl: {
    name: "ESI_TOKEN_KEYS_URL",
    meaning: "Where the issuer publishes its JSON Web Key Set; https, or http on 127.0.0.1 and [::1] alone",
    ...{ local: "unused", production: "needed" },
    form: keysAddress,
  },
  logOrigin: {
    name: "ESI_LOG_ORIGIN",
    meaning: "The audit log's name for ever, such as `log.example.com/esi`",
    ...{ local: "unused", production: "needed" },
    form: logOrigin,
  },
  logKeyFile: {
    name: "ESI_LOG_KEY_FILE",
    meaning: "File of the Ed25519 key in PEM that signs checkpoints; its owner alone may read it",
    ...{ local: "unused", production: "needed" },
    form: path,
  },
  nextLogKeyFile: {
    name: "ESI_LOG_NEXT_KEY_FILE",
    meaning: "File of the key that signs beside it until it takes its place",
    ...{ local: "unused", production: "optional" },
    form: path,
  },
  receiptKeyFile: {
    name: "ESI_RECEIPT_KEY_FILE",
    meaning: "File of the Ed25519 key in PEM that signs receipts; its owner alone may read it",
    ...{ local: "unused", production: "needed" },
    form: path,
  },
  drainWaitMilliseconds: {
    name: "ESI_DRAIN_WAIT_MS",
    meaning: "How long the service still accepts requests after it was told to stop, while it says not ready",
    local: { default: "0" },
    production: { default: "5000" },
    form: milliseconds,
  },
  poolSize: {
    name: "ESI_POOL_SIZE",
    meaning: "Most connections of this process to the database",
    local: { default: String(usualPoolSize) },
    production: { default: String(usualPoolSize) },
    form: wholeNumber(2, 100),
  },
  itemsPerSecond: {
    name: "ESI_ITEMS_PER_SECOND",
    meaning: "Most items of one client in a second, each session of a batch being one; 0 sets no bound",
    local: { default: "0" },
    production: { default: String(usualItemsPerSecond) },
    form: wholeNumber(0, 1_000_000),
  },
  logLevel: {
    name: "ESI_LOG_LEVEL",
    meaning: `What is logged: ${logLevels.map((level) => `\`${level}\``).join(", ")}, each with those before`,
    local: { default: "info" },
    production: { default: "info" },
    form: oneOf(logLevels),
  },
} as const satisfies Readonly<Record<string, Setting>>;
