import { languages, type Language } from "#platform/http/language.js";
import { isWord, word, type Word } from "./words.js";

// Pages of signing in: one form each, without scripts, for a keyboard, a reader and a phone.

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** They load nothing, from here or elsewhere, and stand in no other page. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
};

const style = `body{font:1.1rem/1.5 sans-serif;max-width:28rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
label{display:block;margin-top:1rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border:2px solid #555;border-radius:.3rem}
input:focus,button:focus,a:focus{outline:3px solid #0b57d0;outline-offset:2px}button{font:inherit;margin-top:1.5rem;padding:.7rem 1.5rem;border:0;border-radius:.3rem;background:#0b57d0;color:#fff}
.problem{border-left:4px solid #b3261e;padding-left:.8rem}.hint{color:#444;margin:.2rem 0}nav{margin-top:3rem}nav a{margin-right:1rem}code{font-size:1.2rem;overflow-wrap:anywhere}`;

const names: Readonly<Record<Language, string>> = { en: "English", sw: "Kiswahili", fr: "Français" };

/** `switchTo`: where the same page stands in another language; not said: nowhere. */
function page(language: Language, title: Word, body: string, switchTo?: string): string {
  const others = languages.filter((each) => each !== language);
  const links = others.map((each) => `<a hreflang="${each}" lang="${each}" href="${switchTo}?lang=${each}">${names[each]}</a>`).join(" ");
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${word(language, title)} · Hifadhi</title><style>${style}</style></head>
<body><main><h1>${word(language, title)}</h1>
${body}
</main>${switchTo === undefined ? "" : `<nav aria-label="Language · Lugha · Langue">${links}</nav>`}</body>
</html>
`;
}

interface FieldOptions {
  readonly type?: "text" | "password";
  readonly autocomplete: string;
  readonly value?: string;
  readonly hint?: Word;
  readonly more?: string;
}

const field = (
  language: Language,
  name: string,
  label: Word,
  { type = "text", autocomplete, value = "", hint, more = "" }: FieldOptions,
) => `
<label for="${name}">${word(language, label)}</label>
${hint ? `<p class="hint" id="${name}-hint">${word(language, hint)}</p>` : ""}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${escaped(value)}" required${hint ? ` aria-describedby="${name}-hint"` : ""} ${more}>`;

const problemLine = (language: Language, problem: string | undefined): string =>
  problem === undefined ? "" : `<p class="problem" role="alert">${word(language, isWord(problem) ? problem : "problem")}</p>`;

const form = (language: Language, action: string, fields: string, hidden: Readonly<Record<string, string>>, button: Word): string =>
  `<form method="post" action="${escaped(action)}">${fields}
${Object.entries({ lang: language, ...hidden })
  .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
  .join("")}
<button>${word(language, button)}</button></form>`;

const plainText = `autocapitalize="none" spellcheck="false"`;

export interface Shown {
  readonly language: Language;
  /** Where the form is sent to, and where the page itself stands. */
  readonly action: string;
  readonly problem?: string | undefined;
}

export const pageOfPassword = ({ language, action, problem }: Shown, username = ""): string =>
  page(
    language,
    "signIn",
    problemLine(language, problem) +
      form(
        language,
        action,
        field(language, "username", "username", { autocomplete: "username", value: username, more: `${plainText} autofocus` }) +
          field(language, "password", "password", { type: "password", autocomplete: "current-password" }),
        {},
        "signIn",
      ),
    action,
  );

const codeField = (language: Language): string =>
  field(language, "code", "code", {
    autocomplete: "one-time-code",
    hint: "codeHint",
    more: `inputmode="numeric" pattern="[0-9 ]{6,7}" autofocus`,
  });

export const pageOfCode = ({ language, action, problem }: Shown, proof: string): string =>
  page(language, "signIn", problemLine(language, problem) + form(language, action, codeField(language), { proof }, "goOn"));

/** `key`: what the app needs, in base 32; `uri`: the same for a phone that opens it. */
export const pageOfEnrolment = (
  { language, action, problem }: Shown,
  { proof, key, uri }: Record<"proof" | "key" | "uri", string>,
): string =>
  page(
    language,
    "enrol",
    `${problemLine(language, problem)}<p>${word(language, "enrolHint")}</p>
<p><code id="key">${escaped(key.replaceAll(/(.{4})(?=.)/g, "$1 "))}</code></p><p><a href="${escaped(uri)}">${word(language, "openInApp")}</a></p>` +
      form(language, action, codeField(language), { proof }, "goOn"),
  );

const newPassword = (language: Language): string =>
  field(language, "username", "username", { autocomplete: "username", more: plainText }) +
  field(language, "password", "password", { type: "password", autocomplete: "new-password", hint: "passwordHint" }) +
  field(language, "again", "passwordAgain", { type: "password", autocomplete: "new-password" });

/** The first start: an organisation and its first administrator. */
export const pageOfFounding = ({ language, action, problem }: Shown): string =>
  page(
    language,
    "begin",
    `${problemLine(language, problem)}<p>${word(language, "beginHint")}</p>` +
      form(
        language,
        action,
        field(language, "organisation", "organisation", { autocomplete: "organization", more: "autofocus" }) +
          field(language, "name", "yourName", { autocomplete: "name" }) +
          newPassword(language),
        {},
        "goOn",
      ),
    action,
  );

/** Somebody who was invited, or has lost what she signs in with. */
export const pageOfJoining = ({ language, action, problem }: Shown): string =>
  page(language, "welcome", problemLine(language, problem) + form(language, action, newPassword(language), {}, "goOn"), action);

export const pageOfDone = (language: Language): string => page(language, "done", `<p>${word(language, "doneHint")}</p>`);
export const pageOfProblem = (language: Language, problem: string): string => page(language, "problem", problemLine(language, problem));
export const pageSignedOut = (language: Language): string => page(language, "signedOut", "");
/** `form`: the provider's own, `op.logoutForm`. */
export const pageOfSignOut = (language: Language, logoutForm: string): string =>
  page(
    language,
    "signOut",
    `<p>${word(language, "signOutHint")}</p>${logoutForm}<button form="op.logoutForm" name="logout" value="yes">${word(language, "signOut")}</button>`,
  );
