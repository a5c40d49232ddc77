import { pageOfCode, pageOfJoining, pageOfPassword } from "./pages.js";
import { languageOf, languages } from "#platform/http/language.js";

test.each([
  [["sw"], "sw"],
  [[undefined, "fr-FR,fr;q=0.9,en;q=0.8"], "fr"],
  [["de", "sw-TZ"], "sw"],
  [["de"], "en"],
  [[undefined, ""], "en"],
])("whoever asks for %j is answered in %s", (asked, language) => expect(languageOf(...asked)).toBe(language));

test("what somebody typed stands in a page as text, whatever it is", () => {
  const page = pageOfPassword({ language: "en", action: "/sign-in/interaction/x" }, `"><script>alert(1)</script>`);
  expect(page).not.toContain("<script");
  expect(pageOfCode({ language: "en", action: `/x"onclick="y` }, "p")).not.toContain(`"onclick="`);
});

test.each(languages)("in %s every field has its label, and the page says its language", (language) => {
  const page = pageOfJoining({ language, action: "/sign-in/link/x", problem: "PasswordCommon" });
  const ids = [...page.matchAll(/<input id="(\w+)"/g)].map(([, id]) => id);
  expect(ids).toEqual(["username", "password", "again"]);
  for (const id of ids) expect(page).toContain(`<label for="${id}">`);
  expect(page).toContain(`<html lang="${language}">`);
  expect(page).toContain(`role="alert"`);
});
