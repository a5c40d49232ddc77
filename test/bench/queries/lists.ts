import { Standings } from "#api/access/standings.js";
import { pageStatement, type PageScope } from "#api/reads/page-statement.js";
import type { Paged } from "#api/reads/reads.js";
import { scopeOf } from "#api/reads/scope.js";
import { operations, records, relations } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import type { Question } from "./questions.js";
import { actorOf } from "./seed.js";

const zone = "Africa/Dar_es_Salaam";
const standings = new Standings(undefined as never, relations, records);
const services = { standings, changes: { zone } } as never;
/** A supervisor finds what concerns a third of all cases; what concerns no case, an auditor finds. */
const readers = ["imani", "rehema"] as const;
const told = ["case", "hotline-contact", "trafficking-event"];

const lists = operations.filter((each): each is Paged => "listed" in each && each.name !== "cases");
const concernedBy = ({ listed }: Paged): string => tableOf(listed.view.row).concerns?.[0] ?? "";

function scopeFor({ listed, permission }: Paged, who: string): PageScope | null {
  try {
    return permission === "anybody" ? null : scopeOf(listed, permission, { actor: actorOf(who), services });
  } catch {
    return null;
  }
}

/** The first page of a list, as it is asked for when somebody opens it; without what is told in objects, which nobody has filled. */
function questionOf(list: Paged): Question | null {
  const asked = concernedBy(list) === "case" ? readers : readers.toReversed();
  const who = asked.find((each) => scopeFor(list, each) !== null);
  if (who === undefined) return null;
  const fields = tableOf(list.listed.view.row).columns.filter(
    ({ inner, sealed, shape, type }) => !inner && !sealed && !shape && type !== "jsonb",
  );
  return {
    who,
    path: `/v1${list.path}`,
    query: `{ ${list.name} { items { ${fields.map(({ property }) => property).join(" ")} } next } }`,
    variables: {},
    bare: [pageStatement(list.listed, {}, scopeFor(list, who)!)],
  };
}

/** Every list of what concerns cases, calls and events, by its name. */
export const listQuestions: Readonly<Record<string, () => Question>> = Object.fromEntries(
  lists
    .filter((each) => told.includes(concernedBy(each)))
    .flatMap((each) => {
      const question = questionOf(each);
      return question ? [[`list of ${each.name}`, () => question] as const] : [];
    }),
);
