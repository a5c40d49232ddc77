import { shelterVocabularies } from "./labels.js";
import * as codes from "./vocabulary.js";

const lists = Object.entries(codes).map(([name, list]) => [name, list as readonly string[]] as const);

test.each(lists)("every code of %s is one that forms can show", (_, list) => {
  const shown = Object.values(shelterVocabularies).find(
    (vocabulary) => Object.keys(vocabulary).toSorted().join() === list.toSorted().join(),
  );
  expect(shown).toBeDefined();
});
test.each(Object.entries(shelterVocabularies))("nothing of %s is without a name in any language", (_, vocabulary) => {
  for (const labels of Object.values(vocabulary)) expect(labels.map((label) => label.trim().length > 0)).toEqual([true, true, true]);
});
