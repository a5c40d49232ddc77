import fc from "fast-check";

/** Steps of six hours: some fall on the stroke of midnight. */
export const step = 6 * 3_600_000;
const codes = ["A-1", "A-2", "A-3", "A-4"] as const;
type Code = (typeof codes)[number];
const recipients = ["4c5a1f60-0000-4000-8000-0000000000f1", "4c5a1f60-0000-4000-8000-0000000000f2", "4c5a1f60-0000-4000-8000-0000000000f3"];
const classes = ["identity", "narrative", "health"] as const;

/** One thing that happened in a house, and when: in steps after its beginning. */
export type Told = { readonly step: number } & (
  | { readonly what: "capacity"; readonly overflow: readonly Code[] }
  | { readonly what: "admit" | "move"; readonly person: number; readonly stay: string; readonly bed: Code }
  | { readonly what: "discharge"; readonly person: number; readonly stay: string }
  | { readonly what: "give"; readonly person: number; readonly consent: number }
  | { readonly what: "narrow"; readonly person: number; readonly consent: number; readonly left: number }
  | { readonly what: "withdraw"; readonly person: number; readonly consent: number }
);

const steps = { min: 1, max: 60 };
const bed = fc.constantFrom(...codes);
const times = (most: number) =>
  fc.uniqueArray(fc.integer(steps), { maxLength: most }).map((all) => all.toSorted((one, other) => one - other));

/** Somebody who comes, changes beds, leaves, and may come again. */
const staying = (person: number) =>
  fc.tuple(times(6), fc.array(fc.record({ bed, leaves: fc.boolean() }), { minLength: 6, maxLength: 6 })).map(([at, choices]) => {
    let [isHere, comings] = [false, 0];
    return at.map((each, index): Told => {
      const { bed: named, leaves } = choices[index]!;
      if (!isHere) comings++;
      const about = { step: each, person, stay: `${person} ${comings}` };
      if (isHere && leaves) return ((isHere = false), { ...about, what: "discharge" });
      const what = isHere ? "move" : "admit";
      isHere = true;
      return { ...about, what, bed: named };
    });
  });

/** A consent that is given, made less up to twice, and perhaps withdrawn. */
const consenting = (person: number, consent: number) =>
  fc.tuple(times(4), fc.boolean()).map(([at, withdraws]) =>
    at.map((each, index): Told => {
      if (index === 0) return { step: each, what: "give", person, consent };
      if (index === at.length - 1 && withdraws) return { step: each, what: "withdraw", person, consent };
      return { step: each, what: "narrow", person, consent, left: Math.max(1, recipients.length - index) };
    }),
  );

const capacities = times(3).chain((at) =>
  fc.tuple(...at.map((each) => fc.subarray([...codes]).map((overflow): Told => ({ step: each, what: "capacity", overflow })))),
);

export const people = [0, 1, 2];
/** What happened in a house, in order of time: its beds are told first. */
export const story: fc.Arbitrary<readonly Told[]> = fc
  .tuple(capacities, ...people.map(staying), ...people.map((person) => consenting(person, 0)), consenting(0, 1))
  .map((parts) => parts.flat())
  .map((all) => [{ step: 0, what: "capacity", overflow: ["A-4"] } as Told, ...all.toSorted((one, other) => one.step - other.step)]);

/** The request that tells it. `stay` and `consent`: the ids that were given to what it is about. */
export function requestOf(
  told: Told,
  ids: { readonly caseId: string; readonly stay?: string; readonly consent?: string; readonly expiresAt: string },
) {
  const { caseId, stay, consent: consentId, expiresAt } = ids;
  const scope = (left: number) => ({ recipients: recipients.slice(0, left), dataClasses: classes.slice(0, left), expiresAt });
  switch (told.what) {
    case "capacity":
      return {
        beds: codes.map((code) => ({
          bed: code,
          category: "Women",
          availability: told.overflow.includes(code) ? "Overflow" : "YearRound",
        })),
      };
    case "admit":
      return { caseId, bed: told.bed, voluntary: true, houseRulesExplained: true, acceptOverflow: true };
    case "move":
      return { caseId, bed: told.bed, acceptOverflow: true };
    case "discharge":
      return { stay: stay!, exitType: "Planned" };
    case "give":
      return { purpose: "Interview", ...scope(recipients.length), givenBy: "self", evidence: "Signature" };
    case "narrow":
      return { consentId: consentId!, ...scope(told.left) };
    case "withdraw":
      return { consentId: consentId! };
  }
}
