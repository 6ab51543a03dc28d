/** The code of a system or PostgreSQL error ("ENOENT", "57P03"), or "". */
export function errorCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** For `.catch(unless("EEXIST"))`: undefined for an error of these codes, any other error goes on. */
export function unless(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (codes.includes(errorCode(error))) return undefined;
    throw error;
  };
}
