import type { Vocabulary } from "#kernel/labels.js";

/** Languages that people are spoken with in: ISO 639 codes. Codes are stored and never change. */
export const languages = ["sw", "en", "fr", "rn", "rw", "lg", "so", "am", "pt", "ar", "ln", "ti", "ny", "zh", "tzs", "other"] as const;
export type Language = (typeof languages)[number];

export const languageLabels: Vocabulary<Language> = {
  sw: ["Swahili", "Kiswahili", "Swahili"],
  en: ["English", "Kiingereza", "Anglais"],
  fr: ["French", "Kifaransa", "Français"],
  rn: ["Kirundi", "Kirundi", "Kirundi"],
  rw: ["Kinyarwanda", "Kinyarwanda", "Kinyarwanda"],
  lg: ["Luganda", "Kiganda", "Luganda"],
  so: ["Somali", "Kisomali", "Somali"],
  am: ["Amharic", "Kiamhari", "Amharique"],
  pt: ["Portuguese", "Kireno", "Portugais"],
  ar: ["Arabic", "Kiarabu", "Arabe"],
  ln: ["Lingala", "Kilingala", "Lingala"],
  ti: ["Tigrinya", "Kitigrinya", "Tigrinya"],
  ny: ["Chichewa", "Kichewa", "Chichewa"],
  zh: ["Chinese", "Kichina", "Chinois"],
  tzs: ["Tanzanian sign language", "Lugha ya alama ya Tanzania", "Langue des signes tanzanienne"],
  other: ["Another language", "Lugha nyingine", "Autre langue"],
};
