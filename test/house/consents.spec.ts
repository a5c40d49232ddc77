import { restsOn } from "#cases/consent/purposes.js";
import { purposes } from "#cases/vocabulary.js";
import { operations } from "#domain/domain.js";

// What each purpose of consent is asked for stands in a table; here it is held against what the changes of a case refuse, both ways.

/** Code -> the operations that refuse with it. */
const refusing = Map.groupBy(
  operations.flatMap((each) => {
    const { 409: codes = [] } = ("problems" in each ? each.problems : undefined) ?? {};
    return codes.map((code) => ({ code, change: each.name }));
  }),
  ({ code }) => code,
);
const refusedWithout = (code: string): string[] => (refusing.get(code) ?? []).map(({ change }) => change).toSorted();

test("there is a line for each of the thirteen purposes", () => expect(Object.keys(restsOn).toSorted()).toEqual([...purposes].toSorted()));

test.each(Object.entries(restsOn).filter(([, { refusedWith }]) => refusedWith !== null))(
  "what %s is asked for are the changes and reads that are refused without it",
  (_, { changes, reads = [], refusedWith }) => expect(refusedWithout(refusedWith!)).toEqual([...changes, ...reads].toSorted()),
);

test("a purpose without a code is asked for by no change of its own", () =>
  expect(Object.values(restsOn).filter(({ changes, refusedWith }) => refusedWith === null && changes.length > 0)).toEqual([]));

test("every code that says that she has not consented is in the table", () => {
  const told = Object.values(restsOn).map(({ refusedWith }) => refusedWith);
  const all = [...refusing.keys()].filter((code) => /Not(Consented|Permitted)$/.test(code));
  expect(all.filter((code) => !told.includes(code))).toEqual([]);
});

test("shelter, food and safety rest on no consent", () => {
  const named = Object.values(restsOn).flatMap(({ changes }) => changes);
  for (const change of ["admitResident", "reserveBed", "assessRisk", "agreeSafetyPlan", "reportSecurityIncident", "withdrawConsent"])
    expect(named).not.toContain(change);
});
