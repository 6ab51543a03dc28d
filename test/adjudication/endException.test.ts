import { DeclaredExceptions } from "./declaredExceptions";

let office: DeclaredExceptions;
beforeEach(() => {
  office = new DeclaredExceptions();
});

describe("the end of an exception", () => {
  beforeEach(() => {
    office.declare();
  });

  test("is a further entry, and leaves the first as it was", () => {
    const [declared] = structuredClone(office.register);
    expect(office.end("E1", "2025-03-31")).toBe("entered E2");
    expect(office.register).toEqual([
      declared,
      {
        kind: "ENDING",
        exceptionId: "E1",
        effectiveTo: "2025-03-31",
        citation: "Notice 9",
        sequence: 2,
        id: "E2",
        declaredAt: "2026-03-01T00:00:00.000Z",
        declaredBy: "policy office",
      },
    ]);
  });

  test("is brought forward again and again, and never put off", () => {
    expect(office.end("E1", "2025-07-01")).toBe("INVALID_INPUT effectiveTo");
    expect(office.end("E1", "2025-05-31")).toBe("entered E2");
    expect(office.end("E1", "2025-06-30")).toBe("INVALID_INPUT effectiveTo");
    expect(office.end("E1", "2025-03-31")).toBe("entered E3");
    expect(office.end("E1", "2025-05-31")).toBe("INVALID_INPUT effectiveTo");
    expect(office.lastDays()).toEqual(["E1 2025-03-31"]);
  });

  test("may be set where there was none, on any day", () => {
    office.declare({ key: "OH", effectiveTo: undefined });
    expect(office.end("E2", "2199-12-31")).toBe("entered E3");
    expect(office.end("E2", "1990-01-01")).toBe("entered E4");
  });

  test("declared again in the same words enters nothing; on another ground it is refused, not lost", () => {
    expect(office.end("E1", "2025-06-30")).toBe("INVALID_INPUT effectiveTo");
    office.end("E1", "2025-03-31");
    expect(office.end("E1", "2025-03-31")).toBe("known E1");
    expect(office.end("E1", "2025-03-31", "Notice 10")).toBe("INVALID_INPUT effectiveTo");
    expect(office.register).toHaveLength(2);
  });

  test("is refused where no exception has that id: an ending has none to end", () => {
    office.end("E1", "2025-03-31");
    expect(office.end("E2", "2025-02-28")).toBe("INVALID_INPUT exceptionId");
    expect(office.end("E9", "2025-02-28")).toBe("INVALID_INPUT exceptionId");
  });
});
