import { fold, exampleContext, given, on } from "#kernel/given.js";
import { type Refusal } from "#kernel/kernel.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import { isAllowed, requireInterview, scopeOf, standingConsents, type ConsentFact, type SaidScope } from "./consents.js";
import { narrowConsent, withdrawConsent, type GiveConsent, type NarrowConsent } from "./consent.js";

const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T08:00:00.000Z`;
const until = "2026-06-01T00:00:00.000Z";
const woman: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "s-1", source: "Self", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const opened = on(day(1), woman);
type Asked = Pick<GiveConsent, "purpose" | "recipients" | "dataClasses" | "expiresAt">;
const yes: Asked = { purpose: "ShareWithProvider", recipients: ["o-1", "o-2"], dataClasses: ["identity", "health"], expiresAt: until };
const gave = (consentId: string, over: Partial<Asked> = {}): ConsentFact => ({
  type: "ConsentGiven",
  data: { consentId, ...yes, ...over, givenBy: "self", evidence: "Signature" },
});
const less: NarrowConsent = { consentId: "c-1", recipients: ["o-1"], dataClasses: ["identity"], expiresAt: until };
const narrowed = (over: Partial<NarrowConsent> = {}): ConsentFact => ({ type: "ConsentNarrowed", data: { ...less, ...over } });
const withdrew = (consentId: string): ConsentFact => ({ type: "ConsentWithdrawn", data: { consentId } });
const consentsOf = (...facts: { fact: ConsentFact; at: string }[]) => fold(cases, facts).consents;
const told = (at: string, now = at) => exampleContext({ at, now });

describe("a consent of some time", () => {
  const two = [opened, on(day(3), gave("c-1")), on(day(5), gave("c-2", { recipients: ["o-9"] }))] as const;

  test("is narrowed and withdrawn by itself: the others stand as they were", () => {
    const { consents } = fold(cases, [...two, on(day(6), narrowed()), on(day(8), withdrew("c-2"))]);
    expect(standingConsents(consents, day(7)).map(({ id, recipients, dataClasses }) => [id, recipients, dataClasses])).toEqual([
      ["c-1", ["o-1"], ["identity"]],
      ["c-2", ["o-9"], ["identity", "health"]],
    ]);
    expect(standingConsents(consents, day(8)).map(({ id }) => id)).toEqual(["c-1"]);
    expect(consents.given.map(({ withdrawnAt }) => withdrawnAt)).toEqual([null, day(8)]);
  });
  test("stood from when it was given, not before, as it was said until then", () => {
    const consents = consentsOf(on(day(3), gave("c-1")), on(day(6), narrowed()));
    expect(standingConsents(consents, "2026-01-03T07:59:59.999Z")).toEqual([]);
    const stood = { id: "c-1", ...yes, serviceGroups: [] };
    expect(standingConsents(consents, day(3))).toEqual([stood]);
    expect(standingConsents(consents, day(6))).toEqual([{ ...stood, recipients: ["o-1"], dataClasses: ["identity"] }]);
    expect(standingConsents(consents, until)).toEqual([]);
  });
  test("is found among several when it is narrowed or withdrawn", () => {
    given(cases, ...two)
      .when(narrowConsent, { ...less, consentId: "c-2", recipients: ["o-9"] }, told(day(9)))
      .then(narrowed({ consentId: "c-2", recipients: ["o-9"] }));
    given(cases, ...two, on(day(6), withdrew("c-1")))
      .when(withdrawConsent, { consentId: "c-2" }, told(day(9)))
      .then(withdrew("c-2"));
    given(cases, ...two)
      .when(narrowConsent, { ...less, consentId: "c-2" }, told(day(9)))
      .refused("NotNarrower");
  });
  test("is asked for anew and not made less when its time has run out, unless she said so before", () => {
    given(cases, ...two)
      .when(narrowConsent, less, told(until))
      .refused("ConsentNotStanding");
    given(cases, ...two)
      .when(narrowConsent, less, told(day(9), until))
      .then(narrowed());
  });
  test("is neither narrowed nor withdrawn before it was given", () => {
    given(cases, ...two)
      .when(narrowConsent, less, told(day(2), day(9)))
      .refused("BeforeItsBeginning");
    given(cases, ...two)
      .when(withdrawConsent, { consentId: "c-1" }, told(day(2), day(9)))
      .refused("BeforeItsBeginning");
    given(cases, ...two)
      .when(withdrawConsent, { consentId: "c-1" }, told(day(3), day(9)))
      .then(withdrew("c-1"));
  });
});

describe("what is told late of a consent", () => {
  const both = [opened, on(day(3), gave("c-1")), on(day(8), withdrew("c-1"))] as const;

  test("is narrowed as of a time before it was withdrawn, not from then on", () => {
    given(cases, ...both)
      .when(narrowConsent, less, told(day(7), day(9)))
      .then(narrowed());
    given(cases, ...both)
      .when(narrowConsent, less, told(day(8), day(9)))
      .refused("ConsentNotStanding");
  });
  test("is withdrawn by the earlier of two times, whichever was told first", () => {
    given(cases, ...both)
      .when(withdrawConsent, { consentId: "c-1" }, told(day(6), day(9)))
      .then(withdrew("c-1"));
    given(cases, ...both)
      .when(withdrawConsent, { consentId: "c-1" }, told(day(8), day(9)))
      .then();
    const consents = consentsOf(on(day(3), gave("c-1")), on(day(8), withdrew("c-1")), on(day(6), withdrew("c-1")));
    expect(consents.given[0]!.withdrawnAt).toBe(day(6));
  });
  test("takes from what she allowed later as well", () => {
    const said = { recipients: ["o-1", "o-2", "o-3"], dataClasses: ["identity" as const, "health" as const] };
    const one: SaidScope = { at: day(3), ...said, serviceGroups: ["Health", "Legal"], expiresAt: until };
    const later: SaidScope = { ...one, at: day(8), recipients: ["o-1", "o-2"], expiresAt: day(20) };
    const late: SaidScope = { ...one, at: day(5), recipients: ["o-2", "o-3"], dataClasses: ["health"], serviceGroups: ["Legal"] };
    const left = { recipients: ["o-2"], dataClasses: ["health"], serviceGroups: ["Legal"], expiresAt: day(20) };
    expect(scopeOf([one, late, later])).toEqual(left);
  });
});

describe("as much as before", () => {
  const asked = (over: Partial<NarrowConsent>) =>
    given(cases, opened, on(day(3), gave("c-1"))).when(narrowConsent, { ...less, ...yes, consentId: "c-1", ...over }, told(day(9)));

  test("is already so in every part, and less in one part is less", () => {
    asked({}).then();
    for (const over of [{ recipients: ["o-2"] }, { dataClasses: ["health"] as const }, { expiresAt: day(20) }])
      asked(over as Partial<NarrowConsent>).then({
        type: "ConsentNarrowed",
        data: { consentId: "c-1", recipients: yes.recipients, dataClasses: yes.dataClasses, expiresAt: until, ...over } as never,
      });
  });
});

describe("an interview", () => {
  const interview = (consentId: string, expiresAt = until): ConsentFact => gave(consentId, { purpose: "Interview", expiresAt });
  const emergency: ConsentFact = {
    type: "EmergencyProcessingInvoked",
    data: { emergency: "e-1", vitalInterest: "MedicalEmergency", authorisedBy: "p-1", reviewBy: day(6), confirmBy: null },
  };
  const why = (consents: ReturnType<typeof consentsOf>, at: string, now: string) => {
    try {
      requireInterview(consents, told(at, now));
      return "permitted";
    } catch (error) {
      return (error as Refusal).code;
    }
  };

  test("needs consent to the interview itself, or one vital interest among those on record", () => {
    expect(isAllowed(consentsOf(on(day(3), gave("c-1"))), "Interview", day(4))).toBe(false);
    expect(isAllowed(consentsOf(on(day(3), interview("c-1"))), "Interview", day(4))).toBe(true);
    expect(isAllowed(consentsOf(on(day(3), gave("c-1")), on(day(3), interview("c-2"))), "Interview", day(4))).toBe(true);
    expect(isAllowed(consentsOf(), "Interview", day(4))).toBe(false);
    const later: ConsentFact = { ...emergency, data: { ...emergency.data, reviewBy: day(12) } as never };
    expect(isAllowed(consentsOf(on(day(4), emergency), on(day(10), later)), "Interview", day(5))).toBe(true);
  });
  test("was permitted when she was asked, and what she said is stored while she still allows it", () => {
    const until8 = consentsOf(on(day(3), interview("c-1", day(8))));
    expect(why(until8, day(4), day(5))).toBe("permitted");
    expect(why(until8, day(2), day(5))).toBe("InterviewNotPermitted");
    expect(why(until8, day(4), day(9))).toBe("InterviewNotPermitted");
  });
});

test("a no takes nothing from what was given, and nothing was said before anybody asked", () => {
  expect(cases.initial.consents).toEqual({ given: [], refused: [], emergencies: [] });
  const no: ConsentFact = { type: "ConsentRefused", data: { purpose: "PhotoMedia", refusedBy: "self" } };
  const before = consentsOf(on(day(3), gave("c-1")));
  const refused = [{ at: day(4), purpose: "PhotoMedia", by: "self" }];
  expect(consentsOf(on(day(3), gave("c-1")), on(day(4), no))).toEqual({ ...before, refused });
});
