import { v5 as uuidv5 } from "uuid";
import { forOne } from "#access/for-one.js";
import { isUuid } from "#platform/values/ids.js";
import type { Seal } from "#seal/seal.js";
import type { BoxPlace } from "#seal/sealed.js";
import type { DraftStore, KeptDraft, NewDraft } from "./draft-store.js";

/** Namespace of the keys of those whose id is no UUID, and of what is kept beside a draft that was changed elsewhere. */
const namespace = "4a6f1c3e-9d0b-5b7e-8f43-2f0a7d9c1e58";
export const derivedId = (...of: readonly string[]): string => uuidv5(JSON.stringify(of), namespace);

/** Under whose key somebody's drafts are sealed where they are about nobody yet: her own. */
export const authorsSubject = (author: string): string => (isUuid(author) ? author.toLowerCase() : derivedId("author", author));

/** Where a draft belongs: it opens for its author, at this revision, for this change of this record, and nowhere else. */
const placeOf = ({ id, author, operation, record, subject, revision }: Omit<NewDraft, "sealed" | "digest">): BoxPlace => ({
  stream: `draft-${id}`,
  event: `${revision} of ${record ?? "a new record"}`,
  type: operation,
  subject,
  class: forOne("draft", author),
});

/** @throws SubjectErased, KeyringUnavailable */
export async function sealedDraft(seal: Seal, draft: Omit<NewDraft, "sealed">, body: object): Promise<NewDraft> {
  const place = placeOf(draft);
  const sealed = await seal.seal(place, { [place.subject]: { [place.class]: body } });
  return { ...draft, sealed: sealed[place.subject]![place.class]! };
}

/** Null: the person whom it is about was erased. */
export async function openedDraft(seal: Seal, draft: KeptDraft): Promise<object | null> {
  return (await seal.open([{ ...placeOf(draft), sealed: draft.sealed }]))[0] ?? null;
}

/** Was she erased, under whose key something is sealed? */
export const isErased = async (seal: Seal, subject: string): Promise<boolean> =>
  (await seal.openContent({ stream: "drafts", content: "", subject, class: "draft" })) === null;

/** Removes what has expired, and what nobody can open any more. */
export async function sweepDrafts(drafts: DraftStore, seal: Seal): Promise<void> {
  await drafts.removeExpired();
  for (const subject of await drafts.subjects()) if (await isErased(seal, subject)) await drafts.removeOf(subject);
}
