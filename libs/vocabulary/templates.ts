import type { Labels, Vocabulary } from "#kernel/labels.js";

// The form of an assessment, as data: what is asked, why, in which class the answer is sealed, and which scores follow from it.

/**
 * In which class an answer is sealed. Whoever may write the class may answer, whoever may read it may read the answer. Where she sleeps is no
 * answer: it is recorded by the house itself.
 */
export const answerClasses = ["identity", "contact", "narrative", "health", "psychosocial", "legal", "perpetrator", "safety"] as const;
export type AnswerClass = (typeof answerClasses)[number];

export const questionKinds = ["OneCode", "SeveralCodes", "Text", "Number", "Day"] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What an answer is asked for. Nothing is asked just in case. */
export const questionPurposes = ["Identification", "Planning", "Safety", "FollowUp", "Return", "FamilyTracing", "Closing"] as const;
export type QuestionPurpose = (typeof questionPurposes)[number];

/**
 * `Indicators`: of codes that count 3 (a strong indicator), 2 (medium), 1 (weak) or 0, whether they are enough: two strong, or a strong one and another,
 * or three medium, or two medium and a weak one (ILO, Operational indicators of trafficking in human beings, 2009).
 */
export const scoringRules = ["Sum", "Product", "Indicators"] as const;
export type ScoringRule = (typeof scoringRules)[number];

/** The languages in which every form is kept. */
export const formLanguages = ["en", "sw", "fr"] as const;
export type FormLanguage = (typeof formLanguages)[number];

export interface OfferedCode {
  readonly code: string;
  readonly labels: Labels;
  /** What it counts in a score. A code that counts nothing, such as "no answer", leaves a score incomplete. */
  readonly points?: number;
}

export interface Question {
  readonly id: string;
  readonly class: AnswerClass;
  readonly purpose: QuestionPurpose;
  readonly kind: QuestionKind;
  readonly labels: Labels;
  /** Without an answer the assessment is incomplete. */
  readonly required: boolean;
  /** Without an answer its class is not taken at all. */
  readonly strictly: boolean;
  /** It is asked where an earlier question of its own class was answered with one of these codes; always, if not said. */
  readonly when?: { readonly question: string; readonly codes: readonly string[] };
  readonly codes: readonly OfferedCode[];
  /** Of a number. */
  readonly least?: number;
  readonly most?: number;
}

export interface Score {
  readonly id: string;
  readonly labels: Labels;
  /** That of all its questions. */
  readonly class: AnswerClass;
  readonly rule: ScoringRule;
  readonly questions: readonly string[];
  /** It stands in the open, beside the dates; otherwise it is sealed with the answers. */
  readonly open: boolean;
}

export interface Template {
  readonly id: string;
  readonly version: number;
  readonly labels: Labels;
  readonly questions: readonly Question[];
  readonly scores: readonly Score[];
  /** It is repeated within so many days. */
  readonly reviewWithinDays?: number;
  /** Whoever completes it says when it is repeated. */
  readonly reviewRequired: boolean;
}

/** All versions of all templates of a deployment. No version is taken away: what was answered under it is read under it. */
export class Templates {
  readonly #versions = new Map<string, readonly Template[]>();

  constructor(templates: Iterable<Template>) {
    for (const each of templates) {
      const others = this.#versions.get(each.id) ?? [];
      this.#versions.set(
        each.id,
        [...others, each].toSorted((one, other) => one.version - other.version),
      );
    }
  }

  /** One version, or the newest, if none is named. */
  find(id: string, version?: number): Template | undefined {
    const versions = this.#versions.get(id) ?? [];
    return version === undefined ? versions.at(-1) : versions.find((each) => each.version === version);
  }

  versionsOf(id: string): readonly number[] {
    return (this.#versions.get(id) ?? []).map(({ version }) => version);
  }

  /** The newest of each, by their ids. */
  newest(): readonly Template[] {
    return [...this.#versions.keys()].toSorted().map((id) => this.find(id)!);
  }
}

const answerClass: Vocabulary<AnswerClass> = {
  identity: ["Identity", "Utambulisho", "Identité"],
  contact: ["Contact", "Mawasiliano", "Coordonnées"],
  narrative: ["What was told", "Maelezo", "Récit"],
  health: ["Health", "Afya", "Santé"],
  psychosocial: ["Psychosocial", "Kisaikolojia na kijamii", "Psychosocial"],
  legal: ["Legal", "Kisheria", "Juridique"],
  perpetrator: ["Alleged perpetrator", "Mtuhumiwa", "Auteur présumé"],
  safety: ["Safety", "Usalama", "Sécurité"],
};
const questionKind: Vocabulary<QuestionKind> = {
  OneCode: ["One code", "Msimbo mmoja", "Un code"],
  SeveralCodes: ["Several codes", "Misimbo kadhaa", "Plusieurs codes"],
  Text: ["Text", "Maandishi", "Texte"],
  Number: ["Number", "Namba", "Nombre"],
  Day: ["Day", "Siku", "Jour"],
};
const questionPurpose: Vocabulary<QuestionPurpose> = {
  Identification: ["Identification", "Utambuzi", "Identification"],
  Planning: ["Planning of support", "Kupanga msaada", "Planification de l'accompagnement"],
  Safety: ["Safety", "Usalama", "Sécurité"],
  FollowUp: ["Follow-up", "Ufuatiliaji", "Suivi"],
  Return: ["Return", "Kurejea", "Retour"],
  FamilyTracing: ["Family tracing", "Kutafuta familia", "Recherche de la famille"],
  Closing: ["Closing", "Kufunga", "Clôture"],
};
const scoringRule: Vocabulary<ScoringRule> = {
  Sum: ["Sum", "Jumla", "Somme"],
  Product: ["Product", "Zao", "Produit"],
  Indicators: ["Are the indicators enough?", "Je, viashiria vinatosha?", "Les indicateurs suffisent-ils ?"],
};
const formLanguage: Vocabulary<FormLanguage> = {
  en: ["English", "Kiingereza", "Anglais"],
  sw: ["Swahili", "Kiswahili", "Swahili"],
  fr: ["French", "Kifaransa", "Français"],
};

/** What the codes of templates are called. */
export const templateVocabularies = { answerClass, questionKind, questionPurpose, scoringRule, formLanguage };
