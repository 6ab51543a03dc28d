import { insufficientScope } from "../../src/access/insufficientScope";

test("a token that grants all that is needed is not refused, whatever else it grants", () => {
  expect(insufficientScope(new Set(), [])).toBeUndefined();
  expect(insufficientScope(new Set(["history:read"]), [])).toBeUndefined();
  expect(insufficientScope(new Set(["history:read", "audit:read"]), ["audit:read"])).toBeUndefined();
});

test("one that grants too little is told what it lacks, and in the header all that the request takes", () => {
  expect(insufficientScope(new Set(["history:read"]), ["history:read", "decisions:read"])).toEqual({
    text: "The token lacks a scope that this operation needs: decisions:read.",
    challenge: 'Bearer error="insufficient_scope", scope="history:read decisions:read"',
  });
  expect(insufficientScope(new Set(), ["audit:read", "decisions:read"])).toEqual({
    text: "The token lacks scopes that this operation needs: audit:read, decisions:read.",
    challenge: 'Bearer error="insufficient_scope", scope="audit:read decisions:read"',
  });
});
