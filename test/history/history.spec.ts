import "reflect-metadata";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { records, views } from "#domain/domain.js";
import type { Aggregate, Fact } from "#kernel/kernel.js";
import type { View } from "#projection/declare/view.js";
import type { SealedPersonal } from "#seal/sealed.js";
import { locate } from "#store/states.js";
import type { Located } from "#store/stored.js";

// What was written once is read for ever: a sample of every fact, in every form it ever had, is kept here and never edited.

interface Sample {
  readonly type: string;
  readonly schema: number;
  readonly data: object;
  readonly personal?: SealedPersonal;
}
const aggregates = records.map(({ of }): readonly [Aggregate<any, any>, readonly View<any, any>[]] => [
  of,
  views.filter((view) => view.of === of),
]);
const at = "2026-01-10T08:00:00.000Z";
const someone = { id: "amina", role: "shelter-case-manager", organisation: "00000000-0000-4000-8000-000000000002" };
const read = (file: string): Sample => JSON.parse(readFileSync(file, "utf8")) as Sample;
const filesOf = (name: string): string[] => globSync(join(import.meta.dirname, name, "*.json")).toSorted();

/** The sample as it comes out of the store: in today's form, with its place and time. */
const located = (of: Aggregate<any, Fact>, { type, schema, data, personal }: Sample): Located<Fact> =>
  locate(of, {
    type,
    data,
    ...(personal && { personal }),
    id: "00000000-0000-4000-8000-000000000099",
    stream: `${of.name}-00000000-0000-4000-8000-000000000001`,
    revision: 0n,
    position: { commit: 0n, prepare: 0n },
    recordedAt: at,
    metadata: {
      schema,
      at,
      by: someone,
      purpose: "CaseManagement",
      source: "api",
      prev: "",
      hash: "",
      commandId: "1",
      requestHash: "",
      $correlationId: "1",
      $causationId: "1",
    },
  });

/** The row of a view after this fact. */
const projected = (view: View<any, any>, before: object | null, fact: Located<Fact>): object | null => {
  const handler = (view.project as Record<string, ((row: object | null, fact: Located<Fact>) => object | null) | undefined>)[fact.type];
  const row = handler ? handler(before, fact) : before;
  return row && view.always ? view.always(row, fact) : row;
};

/** The rows that some fact of this history begins: every fact must bear each of them before it. */
const begun = (view: View<any, any>, samples: readonly Sample[]): object[] =>
  samples.filter(({ type }) => type in view.of.versions).flatMap((sample) => projected(view, null, located(view.of, sample)) ?? []);

test("every aggregate has its samples, and no other folder lies here", () =>
  expect(new Set(globSync(join(import.meta.dirname, "*/")).map((folder) => basename(folder)))).toEqual(
    new Set(aggregates.map(([{ name }]) => name)),
  ));

describe.each(aggregates.map(([of, views]) => [of.name, of, views] as const))("the history of %s", (name, of, views) => {
  const files = filesOf(name);
  const samples = files.map(read);
  const written = Object.entries(of.versions).flatMap(([type, version]) =>
    Array.from({ length: version }, (_, older) => `${type}.v${older + 1}.json`),
  );

  test.each(written)("what may have been written has a sample: %s", (file) => expect(files.map((each) => basename(each))).toContain(file));

  describe.each(files.map((file, index) => [basename(file), samples[index]!] as const))("%s", (file, sample) => {
    test("is a sample of what its name says, of a fact that may be written", () => {
      // Of one form there may be more than one sample: `AgeAssessed.v1.child.json`.
      expect(file.replace(/(\.v\d+)\.[a-z-]+(?=\.json$)/, "$1")).toBe(`${sample.type}.v${sample.schema}.json`);
      expect(Object.keys(of.versions)).toContain(sample.type);
    });
    test("holds no personal data, not even sealed", () => {
      const boxes = Object.values(sample.personal ?? {}).flatMap((classes) => Object.values(classes));
      expect(boxes.filter((box) => box !== "v1.sample")).toEqual([]);
    });
    test("folds in today's form", () => {
      const { type, data } = located(of, sample);
      const state = of.apply(of.initial, { type, data }, { at, by: someone }) as Record<string, unknown>;
      expect(Object.keys(state)).toEqual(Object.keys(of.initial as object));
      expect(Object.values(state)).not.toContain(undefined);
    });
    for (const view of views)
      test(`is projected into ${view.row.name}, whatever row is there before`, () => {
        const fact = located(of, sample);
        expect(view.key(fact)).toMatch(/./);
        for (const before of [null, ...begun(view, samples)]) {
          const row = projected(view, before, fact);
          expect(Object.values(row ?? {})).not.toContain(undefined);
        }
      });
  });

  for (const view of views) test(`some fact begins a row of ${view.row.name}`, () => expect(begun(view, samples)).not.toEqual([]));
});
