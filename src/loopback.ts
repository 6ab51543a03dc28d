/** This machine itself, as the host of an address: what comes from there has passed no network. */
export const loopback: readonly string[] = ["127.0.0.1", "[::1]"];
