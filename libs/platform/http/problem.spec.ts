import * as problems from "./problem.js";

const every: [string, number, problems.ProblemError][] = [
  ["a wrong field", 400, problems.invalid([{ field: "reason", code: "isEnum", message: "must be one of ..." }])],
  ["an unreadable header", 400, problems.malformed("If-Match", 'a revision in quotes, for example "3"')],
  ["an unreadable body", 400, problems.malformedBody()],
  ["no token", 401, problems.unauthenticated("TokenMissing")],
  ["an unknown or forbidden record", 404, problems.notAllowedOrUnknown()],
  ["a refusal", 409, problems.refused("CaseNotOpen", { closedOn: "2026-01-01" })],
  ["a record that others keep changing", 409, problems.contended()],
  ["an erased person", 409, problems.erased()],
  ["a stale revision", 412, problems.stale(3)],
  ["a large body", 413, problems.tooLarge()],
  ["another media type", 415, problems.unsupportedMediaType()],
  ["a reused key", 422, problems.keyReused()],
  ["too many requests", 429, problems.tooMany(7)],
  ["a fault of ours", 500, problems.unexpected()],
  ["a store that is away", 503, problems.unavailable()],
  ["a view that is behind", 503, problems.notYetConsistent()],
];

describe("problem details", () => {
  test.each(every)("of %s have the status, a stable code, and say what to do next", (_name, status, { problem }) => {
    expect(problem.status).toBe(status);
    expect(problem.code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(problem.type).toBe(`/problems/${problem.code}`);
    expect(problem.title).not.toBe("");
    expect(problem.detail).toMatch(/\.$/);
  });

  test("of a validation name every field", () => {
    const errors = [
      { field: "reason", code: "isEnum", message: "must be one of ..." },
      { field: "day", code: "isISO8601", message: "must be a day" },
    ];
    expect(problems.invalid(errors).problem.errors).toEqual(errors);
  });

  test("that pass with time say when to come back", () => {
    expect(problems.tooMany(7).retryAfter).toBe(7);
    expect(problems.unavailable().retryAfter).toBeGreaterThan(0);
    expect(problems.notYetConsistent().retryAfter).toBeGreaterThan(0);
    expect(problems.contended().retryAfter).toBeUndefined();
  });

  test("of a refusal carry the rule's code in words, and its reasons", () => {
    const { problem } = problems.refused("ChildCannotConsentAlone", { guardian: "missing" });
    expect(problem).toMatchObject({
      code: "ChildCannotConsentAlone",
      title: "Child cannot consent alone",
      reasons: { guardian: "missing" },
    });
  });
});
