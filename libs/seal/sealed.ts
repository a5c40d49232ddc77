/** Where a fact stands. A sealed box opens only there. */
export interface SealPlace {
  readonly stream: string;
  readonly event: string;
  readonly type: string;
}

/** Where one box stands: whose data, of which class, in which fact. */
export interface BoxPlace extends SealPlace {
  readonly subject: string;
  readonly class: string;
}

/** A box together with all it is bound to: what a view must keep to have it opened later. */
export interface SealedPart extends BoxPlace {
  readonly sealed: string;
}

/** The stored form of a fact's `personal`: subject id -> data class -> box. */
export type SealedPersonal = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every box of a stored fact, ready to be opened. */
export const partsOf = ({ stream, event, type }: SealPlace, personal: SealedPersonal): SealedPart[] =>
  Object.entries(personal).flatMap(([subject, classes]) =>
    Object.entries(classes).map(([name, sealed]) => ({ stream, event, type, subject, class: name, sealed })),
  );
