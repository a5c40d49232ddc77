/** The languages of the shelters, in which people are answered. */
export const languages = ["en", "sw", "fr"] as const;
export type Language = (typeof languages)[number];

/** The first of these that somebody asks for: `?lang=`, or what her browser says (`Accept-Language`). English, where she asks for none of them. */
export function languageOf(...asked: readonly (string | undefined)[]): Language {
  for (const each of asked) {
    const wanted = (each ?? "").split(/[,\s]+/).map((one) => one.slice(0, 2).toLowerCase());
    const found = wanted.find((one): one is Language => (languages as readonly string[]).includes(one));
    if (found) return found;
  }
  return "en";
}
