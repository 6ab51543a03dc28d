/** The environment of this process without what is the bench's own: the program refuses settings that it does not know. */
export function inherited(): NodeJS.ProcessEnv {
  const { ESI_BENCH_STORE: _, ...others } = process.env;
  return others;
}
