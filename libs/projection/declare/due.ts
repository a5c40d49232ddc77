import type { Aggregate, Fact, Instant } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { Inner, Key, ViewOf } from "./columns.js";
import type { PolicyRequest } from "./policy.js";
import { view, type View } from "./view.js";

/** What a fact says of a date: that something is due then, or, where `at` is null, that it is settled. */
export interface ToldDate {
  /** What is due, within its record: the id of a consent, of a stay. */
  readonly key: string;
  readonly at: Instant | null;
}

/** `dueAt(consentId, expiresAt)`: due then, and at no other time that was said of it before. */
export const dueAt = (key: string, at: Instant): ToldDate => ({ key, at });
/** `settled(consentId)`: nothing is due any more. */
export const settled = (key: string): ToldDate => ({ key, at: null });

/** Something that falls due when its time has come. */
export interface DueDate {
  /** The record that it is about. */
  readonly id: string;
  readonly key: string;
  readonly at: Instant;
}

/** Which facts say when something is due, which settle it, and the change that is asked for when the time has come. */
export interface Due<F extends Fact = Fact> {
  /** Stable, in small letters and hyphens: the ids of the changes it asks for derive from it, and its table is called after it. */
  readonly name: string;
  readonly of: Aggregate<any, F>;
  /** `before`: when it was due by what was told until then; null: nothing was. */
  readonly told: { readonly [T in F["type"]]?: (fact: Extract<Located<F>, { type: T }>, before: Instant | null) => ToldDate | null };
  /** Asked when it is due, of what the table holds: what a later program asks, it asks in its own form. */
  readonly ask: (due: DueDate) => PolicyRequest;
  /** Where the dates are kept: folded like any view. */
  readonly view: View;
}

/**
 * `due(cases)("consent-expiry", { ConsentGiven: ({ data }) => dueAt(data.consentId, data.expiresAt), ... }, ({ id, key }) => ask(cases, id,
 * expireConsent, { consentId: key }))`. What was due before it was told is due when it was told. `version` is raised when `told` changes.
 */
export const due =
  <F extends Fact>(of: Aggregate<any, F>) =>
  (name: string, told: Due<F>["told"], ask: Due<F>["ask"], version = 1): Due<F> => ({
    name,
    of,
    told,
    ask,
    view: viewOf(of, name, told, version),
  });

/** One date as its table holds it. */
export interface DueRow {
  readonly id: string;
  readonly record: string;
  readonly key: string;
  readonly at: Instant;
  /** In which import it was told; null: in none. */
  readonly imported: string | null;
  /** Position in the log of the fact that told it last. */
  readonly told: string;
}

type Told = (fact: Located<Fact>, before: Instant | null) => ToldDate | null;

function viewOf<F extends Fact>(of: Aggregate<any, F>, name: string, told: Due<F>["told"], version: number): View {
  const handlers = told as Readonly<Record<string, Told | undefined>>;
  const idOf = ({ streamId }: Located<Fact>, { key }: Pick<ToldDate, "key">) => (key === streamId ? streamId : `${streamId} ${key}`);
  const projectBy = (said: Told) => (before: DueRow | null, fact: Located<Fact>) => {
    const date = said(fact, before?.at ?? null);
    if (!date) return before;
    if (date.at === null) return null;
    const { streamId: record, metadata, position } = fact;
    const at = date.at > fact.at ? date.at : fact.at;
    return {
      id: idOf(fact, date),
      record,
      key: date.key,
      at,
      imported: metadata.imported?.import ?? null,
      told: position.commit.toString(),
    };
  };
  return view(of)(rowOf(name), {
    version,
    key: (fact) => idOf(fact, handlers[fact.type]?.(fact, null) ?? { key: fact.id }),
    project: Object.fromEntries(Object.entries(handlers).map(([type, said]) => [type, projectBy(said!)])) as never,
  }) as View<any, any>;
}

/** A table of its own, `due_consent_expiry`: nobody is shown it, so that no column has an area. */
function rowOf(name: string): new () => DueRow {
  const pascal = `Due${name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`;
  const Row = { [pascal]: class {} }[pascal] as new () => DueRow;
  const prototype = Row.prototype as object;
  Key()(prototype, "id");
  Inner("text")(prototype, "record");
  Inner("text")(prototype, "key");
  Inner("timestamptz")(prototype, "at");
  Inner("text", { optional: true })(prototype, "imported");
  Inner("bigint")(prototype, "told");
  ViewOf(pascal, { indexes: [["at", "id"], ["told"]] })(Row);
  return Row;
}
