import { parseScopes, scopes } from "../../src/access/scopes";

test("every scope is parsed by its name", () => {
  expect(parseScopes(scopes)).toEqual({ scopes: new Set(scopes), unknown: [] });
});

test("names that are no scope are told apart and grant nothing", () => {
  const parsed = parseScopes(["openid", "history:read", "HISTORY:READ", "history:read ", "", "constructor"]);
  expect(parsed.scopes).toEqual(new Set(["history:read"]));
  expect(parsed.unknown).toEqual(["openid", "HISTORY:READ", "history:read ", "", "constructor"]);
});
