/* What README.md tells auditors to call and to ask, taken from there so that it can be run. */

const chapter = /## Finding decisions\n([^]*?)\n## /;

function chapterOf(readme: string): string {
  const [, text] = chapter.exec(readme) ?? [];
  if (text === undefined) throw new Error("README.md has no chapter on finding decisions");
  return text;
}

/** The arguments of every command that begins with `esi`, and is more than a name. */
export function commandsOf(readme: string): string[][] {
  const shown = chapterOf(readme).matchAll(/`esi ((?:ask|export) [^`<|…]+)`/g);
  return [...shown].map(([, command]) => command.trim().split(/\s+/));
}

/** Every GraphQL document. */
export function documentsOf(readme: string): string[] {
  return [...chapterOf(readme).matchAll(/```graphql\n([^]*?)```/g)].map(([, document]) => document);
}

/** The shell commands that download files over HTTP, and those that take a line of an export apart. */
export function exportExamplesOf(readme: string): { takeApart: string; download: string } {
  const text = chapterOf(readme);
  const [, takeApart] = /```sh\n( *line=[^]*?)```/.exec(text) ?? [];
  const [, download] = /```sh\n(TOKEN=[^]*?)```/.exec(text) ?? [];
  if (takeApart === undefined || download === undefined) throw new Error("README.md shows no export");
  return { takeApart, download };
}
