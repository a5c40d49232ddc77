import "reflect-metadata";
import { globSync } from "node:fs";
import { operations, records, vocabularies } from "#domain/domain.js";
import { nothingChanged } from "#kernel/kernel.js";
import type { Answered } from "#api/operations/operation.js";
import { codedFields, vocabulariesOf, type CodeList } from "#api/reads/vocabularies.js";

const told = async () => {
  const operation = vocabulariesOf(vocabularies, operations) as Answered;
  return (await operation.run({} as never)) as { body: CodeList[] };
};

test("every code that is shown or may be sent has its labels, and says where it stands", async () => {
  const labelled = (await told()).body.flatMap(({ fields }) => fields);
  const coded = codedFields(operations).map(({ field }) => field);
  expect(coded.filter((field) => !labelled.includes(field))).toEqual([]);
  expect(labelled).toEqual(expect.arrayContaining(["Case.stage", "Consent.status", "Stay.exitType", "OpenCase.source"]));
  expect(labelled).toContain("ChangeCapacity.beds.category");
});

test("no field has two lists", async () => {
  const labelled = (await told()).body.flatMap(({ fields }) => fields);
  expect(labelled.filter((field, index) => labelled.indexOf(field) !== index)).toEqual([]);
});

const labelled = Object.entries(vocabularies);
const isSame = (list: readonly string[], vocabulary: object) => Object.keys(vocabulary).toSorted().join() === list.toSorted().join();

test.each(globSync("{libs/*/vocabulary.ts,libs/vocabulary/*.ts}"))("every code of %s is one that forms can show", async (file) => {
  const codes = (await import(`../../${file.replace(/\.ts$/, ".js")}`)) as object;
  const lists = Object.entries(codes).filter((each): each is [string, readonly string[]] => Array.isArray(each[1]));
  expect(lists.length).toBeGreaterThan(0);
  for (const [name, list] of lists) expect([name, labelled.some(([, vocabulary]) => isSame(list, vocabulary))]).toEqual([name, true]);
});

test.each(labelled)("nothing of %s is without a name in any language", (_, vocabulary) => {
  for (const labels of Object.values(vocabulary)) expect(labels.map((label) => label.trim().length > 0)).toEqual([true, true, true]);
});

test("every fact that may be written and every refusal has its name in each language, and nothing else is named among them", () => {
  const facts = [...records.flatMap(({ of }) => Object.keys(of.versions)), nothingChanged.type];
  expect(Object.keys(vocabularies["fact"]!).toSorted()).toEqual([...new Set(facts)].toSorted());
  const refusals = operations.flatMap((each) =>
    each.kind === "subscription" ? [] : [...(each.problems?.[409] ?? []), ...(each.problems?.[428] ?? [])],
  );
  expect(refusals.filter((code) => !Object.hasOwn(vocabularies["refusal"]!, code))).toEqual([]);
});
