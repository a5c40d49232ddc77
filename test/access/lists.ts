import { inAnAddress } from "#platform/values/addresses.js";
import type { Paged } from "#api/reads/reads.js";
import { operations } from "#domain/domain.js";
import { tableOf } from "#projection/declare/columns.js";
import { rootFields, selectionOf } from "./documents.js";
import { answers } from "./expected.js";
import { isNarrowed, seenRow, seesOf } from "./reading.js";
import { expectedRow, expectedSection, viewOf, withoutNulls, type Row, type World } from "./world.js";

// Row by row: what everybody is told by every list, against what the tables hold.

/** Registers the tests. */
export function listsAreTold(world: World): void {
  const { people } = world;
  const fieldOf = (name: string) => rootFields(world.documents.graphql).find(([, each]) => each.name === name)![1];

  /** Every list, and what its rows are called. */
  const lists = operations.flatMap((each) =>
    "listed" in each ? [[each.name, (each as Paged).listed.view.row.name.replace(/View$/, "")] as const] : [],
  );

  describe.each(lists)("the list of %s", (name, answer) => {
    const own = () => world.houses[0]!;
    /** What is sealed is in no list. */
    const withoutSealed = (row: Row): Row => {
      const sealed = tableOf(viewOf(answer).row).columns.filter((each) => each.sealed);
      return Object.fromEntries(Object.entries(row).filter(([field]) => !sealed.some(({ property }) => property === field)));
    };

    test("is told row by row and field by field as far as each may see it", async () => {
      const rows = (await world.rowsOf(answer)).map(withoutSealed);
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
        const byRest = (await people.ask(person, "GET", `/v1/${inAnAddress(name)}?first=50`)).body.items as Row[];
        const query = `{ answer: ${name}(where: { first: 50 }) ${selectionOf(fieldOf(name))} }`;
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
