import { Mode, Setting, settings, Use } from "../../src/config/settings";

/* What README.md and .env.example say of the settings, from the list that the program reads them by. */

const listed: readonly Setting[] = Object.values(settings);
const fileWidth = 100;

/** The rows of the README's table: variable, default, meaning. */
export function settingRows(): string[][] {
  return listed.map((setting) => [`\`${setting.name}\``, defaultOf(setting), meaningOf(setting)]);
}

function meaningOf({ meaning, isSecret, local, production }: Setting): string {
  const only = production === "unused" ? "local mode only" : local === "unused" ? "production only" : "";
  const notes = [only, isSecret ? "secret" : ""].filter((note) => note !== "").join(", ");
  return notes === "" ? meaning : `${meaning} (${notes})`;
}

function defaultOf(setting: Setting): string {
  const texts = (["local", "production"] as const)
    .filter((mode) => setting[mode] !== "unused")
    .map((mode) => [mode, useText(setting, setting[mode])] as const);
  const [[, first], [, second] = texts[0]] = texts;
  return first === second ? first : texts.map(([mode, text]) => `${text} (${mode})`).join("; ");
}

function useText({ otherwise }: Setting, use: Use): string {
  if (use === "needed") return "needed";
  if (typeof use === "object") return `\`${use.default}\``;
  return otherwise ?? "–";
}

/** `.env.example`: what production takes, each with its meaning; what may be left out stands as a comment. */
export function environmentExample(): string {
  const mode: Mode = "production";
  const parts = listed
    .filter((setting) => setting[mode] !== "unused" && setting !== settings.mode)
    .map((setting) => {
      const use = setting[mode];
      const line =
        use === "needed"
          ? `${setting.name}=`
          : `# ${setting.name}=${typeof use === "object" ? use.default : ""}`;
      const notes = [setting.meaning, ...(setting.isSecret ? ["Secret"] : [])];
      return [...notes.flatMap((note) => wrapped(`${note.replaceAll("`", "")}.`)), line].join("\n");
    });
  const head = wrapped(
    "What production takes from its environment. What has no value here is needed; the rest shows its default. " +
      "Local mode needs none of this: npm start sets ESI_MODE=local.",
  );
  return `${[head.join("\n"), ...parts].join("\n\n")}\n`;
}

function wrapped(text: string): string[] {
  const lines = ["#"];
  for (const word of text.split(" ")) {
    if (`${lines[lines.length - 1]} ${word}`.length > fileWidth) lines.push("#");
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines;
}
