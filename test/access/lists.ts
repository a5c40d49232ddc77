import { inAnAddress } from "#platform/values/addresses.js";
import type { Link } from "#api/reads/links.js";
import type { Paged } from "#api/reads/reads.js";
import { edges, links, operations } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { rootFields, selectionOf } from "./documents.js";
import { answers } from "./expected.js";
import { isNarrowed, mayAsk, seenRow, seesOf } from "./reading.js";
import { expectedRow, expectedSection, sectionsOf, viewOf, withoutNulls, type Row, type World } from "./world.js";

// Row by row: what everybody is told by every list, against what the tables hold.

/** Registers the tests. */
export function listsAreTold(world: World): void {
  const { people } = world;
  const fieldOf = (name: string) => rootFields(world.documents.graphql).find(([, each]) => each.name === name)![1];

  /** Every list, and what its rows are called. */
  const lists = operations.flatMap((each) =>
    "listed" in each ? [[each.name, (each as Paged).listed.view.row.name.replace(/View$/, "")] as const] : [],
  );

  /** The list of a view, and what its rows are called. */
  const listOf = ({ row }: Link["from"]) => lists.find(([, answer]) => answer === row.name.replace(/View$/, ""));
  /** Where a link stands: in rows of a list, or in a section of rows of one. */
  const standsIn = ({ from }: Link) => {
    const own = listOf(from);
    if (own) return { list: own[0], answer: own[1], section: undefined };
    const [list, answer] = lists.find(([, each]) => Object.values(sectionsOf(each)).includes(from.row.name.replace(/View$/, "")))!;
    const [section] = Object.entries(sectionsOf(answer)).find(([, each]) => each === from.row.name.replace(/View$/, ""))!;
    return { list, answer, section };
  };

  describe.each(links.map((each) => [`${each.from.row.name.replace(/View$/, "")}.${each.name}`, each] as const))("%s", (_, linked) => {
    test("is told as its own list tells it, and is null where that does not", async () => {
      const { list, answer, section } = standsIn(linked);
      const [targets, target] = listOf(linked.to)!;
      const sealed = Object.fromEntries(tableOf(linked.to.row).columns.flatMap((each) => (each.sealed ? [[each.property, null]] : [])));
      const rows = new Map((await world.rowsOf(target)).map((row) => [row["id"] as string, row]));
      const below = new Map((await world.rowsOf(linked.from.row.name.replace(/View$/, ""))).map((row) => [row["id"] as string, row]));
      const parts = await world.sectionRowsOf(target);
      const asked = `${linked.name} ${selectionOf({ type: world.documents.graphql.getType(target) as never })}`;
      // What a case holds altogether is more than one answer may tell of fifty, or of twenty.
      const query = `{ answer: ${list}(where: { first: 12 }) { items { id ${section ? `${section} { ${asked} }` : asked} } } }`;
      let told = 0;
      for (const person of world.allowed(list, world.houses[0]!)) {
        // What is refused is null with its problem, and leaves the rest.
        const { data } = (await people.ask(person, "POST", "/graphql", { query })).body;
        for (const item of data.answer.items as Row[]) {
          const row = below.get(item["id"] as string);
          const [holder, known] = section
            ? [item[section] as Row | null, row && expectedSection(person, linked.from.row.name.replace(/View$/, ""), row, false)]
            : [item, expectedRow(person, answer, row!)];
          if (!holder) continue;
          const named = rows.get(linked.idIn(known) ?? "");
          const isTold = named && mayAsk(person, targets, world.houses[0]!.shelter) && world.isListed(person, targets, target, named);
          const sections =
            named && Object.entries(parts(named["id"])).map(([part, [of, one]]) => [part, expectedSection(person, of, one, false)]);
          const expected = isTold ? { ...expectedRow(person, target, named), ...sealed, ...Object.fromEntries(sections!) } : null;
          expect({ person, is: withoutNulls(holder[linked.name]) }).toEqual({ person, is: withoutNulls(expected) });
          if (isTold) told++;
        }
      }
      expect(told).toBeGreaterThan(0);
    });
  });

  describe.each(edges.flatMap((edge) => edge.parents.map((parent) => [parent.row.name.replace(/View$/, ""), edge.list.name] as const)))(
    "what hangs below %s: %s",
    (parent, name) => {
      test("is for whoever may ask for it by REST, and for nobody else by GraphQL", async () => {
        const one = `${parent[0]!.toLowerCase()}${parent.slice(1)}`;
        const path = `${one}${name[0]!.toUpperCase()}${name.slice(1)}`;
        const { resident, shelter } = world.houses[0]!;
        const id = { case: resident, shelter }[one] ?? ((await world.rowsOf(parent))[0]!["id"] as string);
        for (const person of world.allowed(one, world.houses[0]!, resident)) {
          const query = `{ one: ${one}(id: "${id}") { id ${name} { next } } }`;
          const { data } = (await people.ask(person, "POST", "/graphql", { query })).body;
          expect({ person, told: data.one[name] !== null }).toEqual({ person, told: mayAsk(person, path, shelter, true) });
        }
      });
    },
  );

  describe.each(lists)("the list of %s", (name, answer) => {
    const own = () => world.houses[0]!;
    /** What is sealed is opened in no list. */
    const closed = Object.fromEntries(tableOf(viewOf(answer).row).columns.flatMap((each) => (each.sealed ? [[each.property, null]] : [])));

    test("is told row by row and field by field as far as each may see it", async () => {
      const rows = (await world.rowsOf(answer)).map((row) => ({ ...row, ...closed }));
      for (const person of world.allowed(name, own())) {
        const visible = rows.filter((row) => world.isListed(person, name, answer, row));
        const expected = new Map(visible.map((row) => [row["id"], expectedRow(person, answer, row)]));
        const parts = await world.sectionRowsOf(answer);
        const withParts = (row: Row): object => {
          const entries = Object.entries(parts(row["id"])).map(([part, [of, section]]) => [
            part,
            expectedSection(person, of, section, false),
          ]);
          return { ...expected.get(row["id"]), ...Object.fromEntries(entries) };
        };
        const first = name === "cases" ? 12 : 50;
        const byRest = (await people.ask(person, "GET", `/v1/${inAnAddress(name)}?first=${first}`)).body.items as Row[];
        const query = `{ answer: ${name}(where: { first: ${first} }) ${selectionOf(fieldOf(name))} }`;
        const { data, problem } = await people.graphql(person, query);
        expect(problem).toBeUndefined();
        const graphql = data.answer.items as Row[];
        for (const items of [byRest, graphql]) expect(new Set(items.map(({ id }) => id))).toEqual(new Set(expected.keys()));
        for (const item of byRest) expect({ person, item }).toEqual({ person, item: expected.get(item["id"]) });
        for (const item of graphql) expect({ person, item: withoutNulls(item) }).toEqual({ person, item: withoutNulls(withParts(item)) });
      }
    });

    test("is not narrowed by what one may not see", async () => {
      const rows = await world.rowsOf(answer);
      const { parameters } = world.documents.routes.find((each) => each.name === name)!;
      const offered = parameters.filter(({ in: place, name: each }) => place === "query" && !["first", "after", "sort"].includes(each));
      /** Of a column of codes a few values stand for all; of one that names a house, each house. */
      const valuesOf = (filter: string): unknown[] => [...new Set(rows.flatMap((row) => [row[filter] ?? []].flat()))].slice(0, 3);
      for (const person of world.allowed(name, own())) {
        for (const { name: filter } of offered)
          for (const value of valuesOf(filter)) {
            const house = isNarrowed(person, name) ? person.shelter : undefined;
            const sees = (seenRow({ [filter]: value }, answers[answer]!, seesOf(person), house) as Row)[filter] !== null;
            const { status, body } = await people.ask(person, "GET", `/v1/${inAnAddress(name)}?${filter}=${String(value)}`);
            expect([person, filter, status]).toEqual([person, filter, sees ? 200 : 400]);
            if (!sees)
              expect(body.errors).toEqual([{ field: filter, code: "whitelistValidation", message: `property ${filter} should not exist` }]);
            const { type } = fieldOf(name).args.find((each) => each.name === "where")!;
            const query = `query ($where: ${type.toString()}) { ${name}(where: $where) { next } }`;
            expect((await people.graphql(person, query, { where: { [filter]: value } })).status).toBe(sees ? 200 : 400);
          }
      }
    });
  });
}
