import { allAreas } from "#access/cells.js";
import { cellAllows } from "#access/decide.js";
import { holdersOf, overseers } from "#access/relation.js";
import type { Actor } from "#kernel/kernel.js";
import type { DeclaredRelation } from "#projection/declare/relation.js";
import { readerSettings } from "#projection/declare/row-security.js";
import type { Reader } from "#projection/read/reading.js";

/** A list as Postgres reads one. */
const written = (values: readonly string[]): string => `{${values.map((each) => JSON.stringify(each)).join(",")}}`;

/** Whom Postgres is told of when somebody reads. */
export function readerOf(relations: readonly DeclaredRelation[], actor: Actor): Reader {
  const readEverywhere = allAreas().filter((area) => cellAllows(actor, { act: "read", on: area }));
  const holders = (each: DeclaredRelation): readonly string[] => holdersOf(each, actor);
  return told(relations, { areas: readEverywhere, ...actor, all: overseers.includes(actor.role), holders });
}

/** Whoever was let to what counts the people of a house: it sees all of that house, and tells numbers. */
export const houseReader = (relations: readonly DeclaredRelation[], shelter: string): Reader =>
  told(relations, { areas: ["capacity"], shelter, all: false, holders: () => [] });

/** What follows rows for many, each of whom is asked about before she is told. */
export const watcher = (relations: readonly DeclaredRelation[]): Reader =>
  told(relations, { areas: allAreas(), all: true, holders: () => [] });

interface Told {
  readonly areas: readonly string[];
  readonly shelter?: string | undefined;
  readonly organisation?: string | undefined;
  readonly all: boolean;
  readonly holders: (relation: DeclaredRelation) => readonly string[];
}

function told(relations: readonly DeclaredRelation[], { areas, shelter = "", organisation = "", all, holders }: Told): Reader {
  const kinds = [...new Set(relations.map(({ to }) => to))];
  const settings = {
    [readerSettings.areas]: written(areas),
    [readerSettings.shelter]: shelter,
    [readerSettings.organisation]: organisation,
    ...Object.fromEntries(kinds.map((kind) => [readerSettings.all(kind), all ? "yes" : ""])),
    ...Object.fromEntries(relations.map((each) => [readerSettings.relation(each.name), written(holders(each))])),
  };
  return { key: JSON.stringify(Object.values(settings)), settings };
}
