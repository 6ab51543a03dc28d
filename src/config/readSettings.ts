import { Form } from "./form";
import { Mode, Setting, settings } from "./settings";

export type Environment = Readonly<Record<string, string | undefined>>;

type Settings = typeof settings;
export type SettingName = keyof Settings;

type ValueOf<One> = One extends { readonly form: Form<infer Value> } ? Value : never;

type ValueIn<One, In extends Mode> =
  One extends Readonly<Record<In, "unused">>
    ? undefined
    : One extends Readonly<Record<In, "optional">>
      ? ValueOf<One> | undefined
      : ValueOf<One>;

/** What is set, or holds otherwise. */
export type Values<Name extends SettingName, In extends Mode> = {
  readonly [One in Name]: ValueIn<Settings[One], In>;
};

export type Read<Name extends SettingName, In extends Mode> =
  | { readonly values: Values<Name, In>; readonly faults?: undefined }
  | { readonly values?: undefined; readonly faults: readonly string[] };

const everySetting = Object.keys(settings) as SettingName[];
const listed: readonly (readonly [SettingName, Setting])[] = everySetting.map((key) => [key, settings[key]]);

export function modeOf(environment: Environment): Mode {
  return environment[settings.mode.name] === "local" ? "local" : "production";
}

/**
 * What the environment says in a mode, or every fault at once. No fault repeats a value, since any may hold a
 * password. A variable that is set but empty counts as absent. What is not asked for may be missing.
 */
export function readSettings<In extends Mode, Name extends SettingName = SettingName>(
  environment: Environment,
  mode: In,
  asked: readonly Name[],
): Read<Name, In> {
  const values: Partial<Record<SettingName, unknown>> = {};
  const faults: string[] = [];
  for (const [key, setting] of listed) {
    const value = valueOf(setting, environment, mode);
    const isMissing = value.fault === "missing";
    if (isMissing && !asked.some((one) => one === key)) continue;
    if (value.fault) faults.push(`${setting.name}: ${isMissing ? missing(setting) : value.fault}`);
    else values[key] = value.value;
  }
  const isUnconfigured = mode === "production" && faults.some((fault) => fault.includes(": missing"));
  if (isUnconfigured && !environment[settings.mode.name]) faults.unshift(noMode);
  faults.push(...unknownNames(environment));
  return faults.length > 0 ? { faults } : { values: values as Values<Name, In> };
}

const noMode =
  "ESI_MODE: not set, which means production; ESI_MODE=local, which npm start sets, needs no other setting";

function valueOf(
  setting: Setting,
  environment: Environment,
  mode: Mode,
): { readonly value?: unknown; readonly fault?: string } {
  const use = setting[mode];
  const text = environment[setting.name] || undefined;
  if (use === "unused") return text === undefined ? {} : { fault: `has no meaning in ${mode} mode` };
  const given = text ?? (typeof use === "object" ? use.default : undefined);
  if (given === undefined) return use === "needed" ? { fault: "missing" } : {};
  const { parse, expected } = formIn(setting, mode);
  const value = parse(given);
  return value === undefined ? { fault: `expected ${expected}` } : { value };
}

function missing({ form, productionForm = form }: Setting): string {
  return `missing; expected ${productionForm.expected}`;
}

function formIn({ form, productionForm = form }: Setting, mode: Mode): Form<unknown> {
  return mode === "production" ? productionForm : form;
}

function unknownNames(environment: Environment): string[] {
  const names: readonly string[] = listed.map(([, { name }]) => name);
  const ours = names.filter((name) => name.startsWith("ESI_")).join(", ");
  return Object.keys(environment)
    .filter((name) => name.startsWith("ESI_") && !names.includes(name))
    .sort()
    .map((name) => `${name}: unknown; the names that start with ESI_ are ${ours}`);
}
