import { notAllowedOrUnknown, refused } from "#platform/http/problem.js";
import { sayRefusals, spoken, spokenBy } from "./spoken.js";

const { problem } = refused("CaseNotOpen", { stage: "Closed" });
beforeAll(() => sayRefusals({ CaseNotOpen: ["The case is not open", "Kesi haiko wazi", "Le dossier n'est pas ouvert"] }));
afterAll(() => sayRefusals({}));

test("a refusal is said in the language of whoever asked, with the same code and reasons", () => {
  const { title, detail, ...rest } = spoken(problem, "sw");
  expect([title, detail]).toEqual(["Kesi haiko wazi", expect.stringContaining("Kanuni")]);
  expect(rest).toMatchObject({ code: "CaseNotOpen", status: 409, reasons: { stage: "Closed" } });
  expect(spoken(problem, "en")).toMatchObject({ title: "The case is not open", detail: problem.detail });
});
test("what only a program gets wrong stays as it is", () =>
  expect(spoken(notAllowedOrUnknown().problem, "fr").title).toBe(notAllowedOrUnknown().problem.title));
test.each([
  [{ "accept-language": "sw-TZ,en;q=0.8" }, "sw"],
  [{ "accept-language": "de, fr;q=0.5" }, "fr"],
  [{ "accept-language": "de" }, "en"],
  [{}, "en"],
])("%j is answered in %s", (headers, language) => expect(spokenBy(headers)).toBe(language));
