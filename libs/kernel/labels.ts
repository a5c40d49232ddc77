/** What a code is called in each language of the shelters: English, Swahili, French. Codes are stored, labels are shown. */
export type Labels = readonly [en: string, sw: string, fr: string];

/** One code list: its codes in the order they are shown, each with what it is called. Every code has its labels, or it does not compile. */
export type Vocabulary<Code extends string = string> = Readonly<Record<Code, Labels>>;

/** What facts and refusals are called, by their type and their code: as a history tells what happened, and a form why something was refused. */
export interface Words {
  readonly facts: Vocabulary;
  readonly refusals: Vocabulary;
}
