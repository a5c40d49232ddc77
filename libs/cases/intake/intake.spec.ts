import { fold, exampleContext, given, on } from "#kernel/given.js";
import { Refusal } from "#kernel/kernel.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import { cameOfAgeAt, isChildAt, requirePast } from "./age.js";
import { assessAge, comeOfAge, openCase, type AssessAge, type Intake, type IntakeFact, type OpenCase } from "./intake.js";

const firstContact: OpenCase = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "18-20" };
const opened: IntakeFact = { type: "CaseOpened", data: { subject: "s-1", ...firstContact } };
const unknown = { knownFrom: "Unknown" } as const;
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } };
const assessed = (data: AssessAge): IntakeFact => ({ type: "AgeAssessed", data: { ...unknown, ...data } });

describe("opening a case", () => {
  test("help begins without a name", () =>
    given(cases)
      .when(openCase, firstContact)
      .then({ type: "CaseOpened", data: { subject: "id-1", ...firstContact, ...unknown } }));

  test("what she needs at once is kept as personal, never in the open part", () =>
    given(cases)
      .when(openCase, { ...firstContact, language: "sw", immediateNeeds: "Food and a bed" })
      .then({
        type: "CaseOpened",
        data: { subject: "id-1", ...firstContact, language: "sw", ...unknown },
        personal: { "id-1": { narrative: { immediateNeeds: "Food and a bed" } } },
      }));

  test("who told of her is kept, where that was said", () =>
    given(cases)
      .when(openCase, { ...firstContact, knownFrom: "Family" })
      .then({ type: "CaseOpened", data: { subject: "id-1", ...firstContact, knownFrom: "Family" } }));

  test("one case is not opened twice", () => given(cases, opened).when(openCase, firstContact).refused("CaseAlreadyOpened"));
});

describe("assessing an age", () => {
  const adult: AssessAge = { method: "Document", isChild: false, birthYear: 2000 };
  const child: AssessAge = { method: "Statement", isChild: true, birthYear: 2012 };

  test("a woman shows by a document that she is an adult", () => given(cases, opened).when(assessAge, adult).then(assessed(adult)));
  test("a girl says when she was born and is believed", () => given(cases, opened).when(assessAge, child).then(assessed(child)));
  test("whose age is disputed may be recorded as a child", () => {
    const disputed: AssessAge = { method: "Disputed", isChild: true };
    given(cases, opened).when(assessAge, disputed).then(assessed(disputed));
  });
  test("a disputed age never makes an adult", () =>
    given(cases, opened).when(assessAge, { method: "Disputed", isChild: false }).refused("DisputedAgeIsAChild"));
  test("nobody who is seventeen this year is made an adult", () =>
    given(cases, opened)
      .when(assessAge, { ...adult, birthYear: 2009 })
      .refused("BirthYearIsAChilds"));
  test("who is to be protected as a child is not given the birth year of an adult, which would end it at once", () =>
    given(cases, opened).when(assessAge, { method: "Disputed", isChild: true, birthYear: 2000 }).refused("BirthYearIsAnAdults"));
  test("who turned eighteen this year may be either, as the document says", () => {
    const adultNow: AssessAge = { ...adult, birthYear: 2008 };
    given(cases, opened).when(assessAge, adultNow).then(assessed(adultNow));
    given(cases, opened)
      .when(assessAge, { ...adultNow, isChild: true })
      .then(assessed({ ...adultNow, isChild: true }));
  });
  test("nobody is born next year", () =>
    given(cases, opened)
      .when(assessAge, { ...child, birthYear: 2027 })
      .refused("DateInFuture"));
  test("an age assessed with the same result is already so", () => given(cases, opened, assessed(adult)).when(assessAge, adult).then());
  test("a document that confirms what she said is a new assessment", () => {
    const said: AssessAge = { ...child, method: "Statement" };
    const shown: AssessAge = { ...child, method: "Document" };
    given(cases, opened, assessed(said)).when(assessAge, shown).then(assessed(shown));
  });
  test("a new birth year is a new assessment", () => {
    const corrected: AssessAge = { ...adult, birthYear: 1999 };
    given(cases, opened, assessed(adult)).when(assessAge, corrected).then(assessed(corrected));
  });
  test("the age of someone whose case was closed is not assessed", () =>
    given(cases, opened, closed).when(assessAge, adult).refused("CaseNotOpen"));

  const [before, then, later] = ["2026-01-01", "2026-01-03", "2026-01-05"].map((day) => `${day}T08:00:00.000Z`) as [string, string, string];
  test("whose word it was is kept", () =>
    given(cases, opened)
      .when(assessAge, { ...child, knownFrom: "Family" })
      .then(assessed({ ...child, knownFrom: "Family" })));
  test("that it was assessed while her case was open may be told when it is closed", () =>
    given(cases, on(before, opened), on(later, closed)).when(assessAge, adult, { at: then }).then(assessed(adult)));
  test("it was not assessed before her case was opened", () =>
    given(cases, on(then, opened)).when(assessAge, adult, { at: before }).refused("BeforeItsBeginning"));
  test("what is told late takes its place, and what was found later stays", () => {
    const { intake } = fold(cases, [
      { fact: opened, at: before },
      { fact: assessed(adult), at: later },
      { fact: assessed(child), at: then },
    ]);
    expect(intake.assessments.map(({ isChild }) => isChild)).toEqual([true, false]);
  });
  test("an age told late is already so where it was found so by then, and not where it was found later", () => {
    given(cases, on(before, opened), on(before, assessed(adult)), on(later, assessed(child)))
      .when(assessAge, adult, { at: then })
      .then();
    given(cases, on(before, opened), on(later, assessed(adult)))
      .when(assessAge, adult, { at: then })
      .then(assessed(adult));
  });
});

describe("who is protected as a child", () => {
  const now = exampleContext();
  const at = "2026-01-01T08:00:00.000Z";
  const person = (over: Partial<Intake>): Intake => ({ ...cases.initial.intake, ...over });

  test.each(["0-8", "9-17"] as const)("someone who looks %s is a child until assessed otherwise", (ageBand) =>
    expect(isChildAt(person({ ageBand }), now)).toBe(true),
  );
  test.each(["18-20", "48+", "Unknown"] as const)("someone who looks %s is no child until assessed otherwise", (ageBand) =>
    expect(isChildAt(person({ ageBand }), now)).toBe(false),
  );
  test("an assessment says more than a look", () => {
    expect(isChildAt(person({ ageBand: "9-17", assessments: [{ at, method: "Document", isChild: false }] }), now)).toBe(false);
    expect(isChildAt(person({ ageBand: "21-29", assessments: [{ at, method: "Document", isChild: true }] }), now)).toBe(true);
  });
  test("a girl is protected to the end of the year in which she turns eighteen, and no longer", () => {
    const girl = person({ assessments: [{ at, method: "Document", isChild: true, birthYear: 2008 }] });
    const { zone } = now;
    expect(isChildAt(girl, { at: "2026-12-31T20:59:59.999Z", zone })).toBe(true);
    expect(isChildAt(girl, { at: "2026-12-31T21:00:00.000Z", zone })).toBe(false);
    expect(isChildAt(girl, { at: "2026-12-31T21:00:00.000Z", zone: "Africa/Dakar" })).toBe(true);
  });
  test("it is asked how old she was found to be by then, whatever was found later", () => {
    const found = [
      { at, method: "Statement", isChild: true } as const,
      { at: "2026-03-01T08:00:00.000Z", method: "Document", isChild: false } as const,
    ];
    const asked = (moment: string) => isChildAt(person({ ageBand: "21-29", assessments: found }), { ...now, at: moment });
    expect(["2025-12-01", "2026-02-01", "2026-03-02"].map((day) => asked(`${day}T08:00:00.000Z`))).toEqual([false, true, false]);
  });
});

describe("days of a life", () => {
  const now = exampleContext();
  const born2000 = {
    ...cases.initial.intake,
    assessments: [{ at: now.at, method: "Document" as const, isChild: false, birthYear: 2000 }],
  };

  test("something may have happened today, or in the year she was born", () => {
    expect(() => requirePast(born2000, "2026-01-10", now)).not.toThrow();
    expect(() => requirePast(born2000, "2000-01-01", now)).not.toThrow();
  });
  test("today is what it is where she is: there a day begins three hours before it does in London", () => {
    const late = { ...now, at: "2026-01-10T21:30:00.000Z" };
    expect(() => requirePast(born2000, "2026-01-11", late)).not.toThrow();
    expect(() => requirePast(born2000, "2026-01-11", { ...late, zone: "Europe/London" })).toThrow(new Refusal("DateInFuture"));
  });
  test("nothing has happened tomorrow", () => expect(() => requirePast(born2000, "2026-01-11", now)).toThrow(new Refusal("DateInFuture")));
  test("nothing happened to her before she was born", () =>
    expect(() => requirePast(born2000, "1999-12-31", now)).toThrow(new Refusal("DateBeforeBirth")));
});

describe("coming of age", () => {
  const girl = on("2026-06-01T08:00:00.000Z", assessed({ method: "Statement", isChild: true, birthYear: 2008 }));
  const opening = on("2026-05-01T08:00:00.000Z", opened);
  const newYear = { at: cameOfAgeAt(2008), now: cameOfAgeAt(2008) };
  const ofAge: IntakeFact = { type: "CameOfAge", data: { birthYear: 2008 } };

  test("a girl is a child to the end of the year of her eighteenth birthday, wherever she is, and no longer", () => {
    expect(newYear.at).toBe("2027-01-01T12:00:00.000Z");
    given(cases, opening, girl).when(comeOfAge, { birthYear: 2008 }, newYear).then(ofAge);
    const before = { at: "2026-12-31T12:00:00.000Z", now: "2026-12-31T12:00:00.000Z" };
    given(cases, opening, girl).when(comeOfAge, { birthYear: 2008 }, before).refused("StillAChild");
    for (const zone of ["Pacific/Kiritimati", "Etc/GMT+12", "Africa/Dar_es_Salaam"]) {
      const { intake } = fold(cases, [opening, girl]);
      expect(isChildAt(intake, { at: newYear.at, zone })).toBe(false);
    }
  });
  test("she comes of age once", () =>
    given(cases, opening, girl, on(newYear.at, ofAge)).when(comeOfAge, { birthYear: 2008 }, newYear).then());
  test("whose age is in question stays a child until it has been assessed", () =>
    given(cases, opening, girl, on("2026-07-01T08:00:00.000Z", { type: "AgeQuestioned", data: { contradictedBy: "BirthDate" } }))
      .when(comeOfAge, { birthYear: 2008 }, newYear)
      .then());
  test("whose year of birth was assessed anew comes of age by that one", () =>
    given(cases, opening, girl, on("2026-07-01T08:00:00.000Z", assessed({ method: "Document", isChild: true, birthYear: 2010 })))
      .when(comeOfAge, { birthYear: 2008 }, newYear)
      .then());
  test("a woman does not come of age", () => given(cases, opening).when(comeOfAge, { birthYear: 2008 }, newYear).then());
});
