import { randomUUID } from "node:crypto";
import { Standings } from "#api/access/standings.js";
import { writeCursor } from "#api/reads/cursor.js";
import type { PageRequest } from "#api/reads/page.js";
import { pageStatement, type PageScope } from "#api/reads/page-statement.js";
import type { Paged } from "#api/reads/reads.js";
import { scopeOf } from "#api/reads/scope.js";
import { operations, records, relations } from "#domain/domain.js";
import { columnOf, tableOf } from "#projection/declare/columns.js";
import type { Question } from "./question.js";
import { actorOf } from "./seed.js";

const zone = "Africa/Dar_es_Salaam";
const standings = new Standings(undefined as never, relations, records);
const services = { standings, changes: { zone } } as never;
/** A supervisor finds what concerns a third of all cases; what concerns no case, an auditor finds. */
const readers = ["imani", "rehema"] as const;
/** As the tables are filled: a row a minute. */
const [newest, minutesBack] = [Date.parse("2026-11-01T00:00:00Z"), 10_000];
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

/** A place somewhere in the list, where it is in the order of time. */
function placeIn({ listed }: Paged): PageRequest {
  const [sort] = listed.sorts;
  const { type } = columnOf(tableOf(listed.view.row), sort!.replace("-", ""));
  if (type !== "timestamptz") return {};
  const value = new Date(newest - Math.random() * minutesBack * 60_000).toISOString();
  return { after: writeCursor({ sort: sort!, value, key: randomUUID() }) };
}

/** A page of a list in its usual order, the first or one further back, each as often; without objects, which nobody has filled. */
function questionOf(list: Paged, who: string, scope: PageScope): Question {
  const asked = Math.random() < 0.5 ? {} : placeIn(list);
  const fields = tableOf(list.listed.view.row).columns.filter(({ inner, sealed, type }) => !inner && !sealed && type !== "jsonb");
  const search = new URLSearchParams(asked as Record<string, string>).toString();
  return {
    who,
    path: `/v1${list.path}?${search}`,
    query: `query ($where: ${list.input!.name}) { ${list.name}(where: $where) { items { ${fields.map(({ property }) => property).join(" ")} } next } }`,
    variables: { where: asked },
    bare: [pageStatement(list.listed, asked, scope)],
  };
}

/** Every list of what concerns cases, calls and events, by its name. */
export const listQuestions: Readonly<Record<string, () => Question>> = Object.fromEntries(
  lists
    .filter((each) => told.includes(concernedBy(each)))
    .flatMap((each) => {
      const asked = concernedBy(each) === "case" ? readers : readers.toReversed();
      const who = asked.find((reader) => scopeFor(each, reader) !== null);
      return who ? [[`list of ${each.name}`, () => questionOf(each, who, scopeFor(each, who)!)] as const] : [];
    }),
);
