import type { Actor } from "#kernel/kernel.js";

/** Who works here, as far as the api itself has to know. */
export interface People {
  /** What these people are called, by their ids, as far as whoever asks may know. */
  names(ids: readonly string[], actor: Actor): Promise<ReadonlyMap<string, string>>;
  /** In which roles somebody may act; none where she is no member here. */
  rolesOf(person: string): readonly string[];
  /** Where somebody works: her roles there, and the organisation that took that one in; null: it is the first one. */
  postsOf(person: string): readonly { readonly roles: readonly string[]; readonly host: string | null }[];
  /** Do both work for the same organisation? */
  isColleague(actor: Actor, person: string): boolean;
  /** Tells whoever follows something for a person that she may no longer act as she did. Answers what ends the telling. */
  watch(person: string, tell: () => void): () => void;
}
