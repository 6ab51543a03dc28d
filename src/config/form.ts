import { loopback } from "../loopback";

/** What the text of a setting may be, and what it means. */
export interface Form<Value> {
  /** Undefined where the text means nothing. */
  readonly parse: (text: string) => Value | undefined;
  /** As in "expected …". */
  readonly expected: string;
}

/** Names of local mode; whoever meets them elsewhere has met a mistake. */
const localName = /(^|\.)local\.invalid$/;

export function wholeNumber(least: number, most: number): Form<number> {
  return {
    parse: (text) => {
      const number = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
    expected: `a whole number from ${least} to ${most}`,
  };
}

export function oneOf<Word extends string>(words: readonly Word[]): Form<Word> {
  return { parse: (text) => words.find((word) => word === text), expected: words.join(", ") };
}

/** Any text but one with a NUL, which no path can have. */
export const path: Form<string> = {
  parse: (text) => (text.includes("\0") ? undefined : text),
  expected: "a path",
};

export const visibleText: Form<string> = {
  parse: (text) => (/^[\x21-\x7e]{1,255}$/.test(text) ? text : undefined),
  expected: "1 to 255 visible ASCII characters",
};

/** The address to listen on; 0.0.0.0 and :: stand for all. */
export const hostName: Form<string> = {
  parse: (text) => (/^[0-9A-Za-z.:-]{1,253}$/.test(text) ? text : undefined),
  expected: "an IP address or the name of a host",
};

export const issuerName: Form<string> = {
  parse: (text) => (isPlain(text, ["https:"]) ? text : undefined),
  expected: "an https address that is not local.invalid, without user and fragment, as in the claim iss",
};

/** Keys that come by http from this machine itself have passed no network; tests rely on that too. */
export const keysAddress: Form<string> = {
  parse: (text) => {
    const isHere = URL.canParse(text) && loopback.includes(new URL(text).hostname);
    return isPlain(text, isHere ? ["https:", "http:"] : ["https:"]) ? text : undefined;
  },
  expected: "an https address without user and fragment (http is taken from 127.0.0.1 and [::1] alone)",
};

export const logOrigin: Form<string> = {
  parse: (text) => {
    const [host] = text.split("/");
    const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[A-Za-z0-9._~-]+)*$/.test(text);
    return isName && !localName.test(host) ? text : undefined;
  },
  expected: "a name such as log.example.com/esi, without a scheme, and not local.invalid",
};

function isPlain(text: string, protocols: readonly string[]): boolean {
  if (!/^[\x21-\x7e]{1,255}$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  const isAlone = username === "" && password === "" && hash === "";
  return isAlone && protocols.includes(protocol) && !localName.test(hostname);
}
