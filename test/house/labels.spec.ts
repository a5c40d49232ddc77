import "reflect-metadata";
import { operationsOfPeople } from "#policies/people.api.js";
import { caseVocabularies } from "#cases/labels.js";
import { shelterVocabularies } from "#shelters/labels.js";
import type { Answered } from "#api/operations/operation.js";
import { codedFields, vocabulariesOf, type CodeList } from "#api/reads/vocabularies.js";

const operations = [...operationsOfPeople];
const told = async () => {
  const operation = vocabulariesOf({ ...caseVocabularies, ...shelterVocabularies }, operations) as Answered;
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
