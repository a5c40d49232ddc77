import fc from "fast-check";
import { fold, exampleContext, given, on } from "#kernel/given.js";
import { Refusal } from "#kernel/kernel.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import type { IntakeFact } from "../intake/intake.js";
import { covers, isAllowed, type ConsentFact } from "./consents.js";
import {
  expireConsent,
  giveConsent,
  narrowConsent,
  refuseConsent,
  withdrawConsent,
  type GiveConsent,
  type NarrowConsent,
} from "./consent.js";

const openedFor = (ageBand: "9-17" | "21-29"): IntakeFact => ({
  type: "CaseOpened",
  data: { subject: "s-1", source: "Self", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand },
});
const woman = openedFor("21-29");
const girl = openedFor("9-17");
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } };
const yes: GiveConsent = {
  purpose: "ShareWithProvider",
  recipients: ["o-1", "o-2"],
  dataClasses: ["identity", "health"],
  expiresAt: "2026-06-01T00:00:00.000Z",
  givenBy: "self",
  evidence: "Signature",
};
const consented = (request: GiveConsent = yes): ConsentFact => ({ type: "ConsentGiven", data: { consentId: "id-1", ...request } });

describe("giving consent", () => {
  test("a woman says yes to one purpose, for named recipients, until a day", () =>
    given(cases, woman).when(giveConsent, yes).then(consented()));
  test("the time is kept as UTC, wherever it was said", () =>
    given(cases, woman)
      .when(giveConsent, { ...yes, expiresAt: "2026-06-01T03:00:00+03:00" })
      .then(consented()));
  test("a consent that ends now is none", () =>
    given(cases, woman)
      .when(giveConsent, { ...yes, expiresAt: "2026-01-10T11:00:00+03:00" })
      .refused("ConsentAlreadyExpired"));
  test("nobody is asked when the case is closed", () => given(cases, woman, closed).when(giveConsent, yes).refused("CaseNotOpen"));
  test("a child does not consent alone", () =>
    given(cases, girl)
      .when(giveConsent, { ...yes, childAssents: true })
      .refused("ChildCannotConsentAlone"));
  test("nobody consents over a child's head", () =>
    given(cases, girl)
      .when(giveConsent, { ...yes, givenBy: "guardian", childAssents: false })
      .refused("ChildHasNotAssented"));
  test("a yes that is told late brings back nothing that she has taken back, or said no to, since", () => {
    const [day3, day4, day5] = ["2026-01-03T08:00:00.000Z", "2026-01-04T08:00:00.000Z", "2026-01-05T08:00:00.000Z"];
    const late = { at: day3, now: "2026-01-10T08:00:00.000Z" };
    const early = on("2026-01-02T08:00:00.000Z", woman);
    const other = { ...yes, purpose: "Interview" as const };
    const withdrawn = [on(day3, consented()), on(day4, { type: "ConsentWithdrawn", data: { consentId: "id-1" } } as const)] as const;
    const refused = on(day4, { type: "ConsentRefused", data: { purpose: yes.purpose, refusedBy: "self" } } as const);
    given(cases, early, ...withdrawn)
      .when(giveConsent, yes, late)
      .refused("SaidNoSince");
    given(cases, early, refused).when(giveConsent, yes, late).refused("SaidNoSince");
    given(cases, early, refused).when(giveConsent, other, late).then(consented(other));
    given(cases, early, ...withdrawn)
      .when(giveConsent, yes, { ...late, at: day5 })
      .then(consented());
  });
  test("her no ends what she had allowed before it", () => {
    const at = "2026-01-10T08:00:00.000Z";
    const interview = consented({ ...yes, purpose: "Interview" });
    const no: ConsentFact = { type: "ConsentRefused", data: { purpose: "Interview", refusedBy: "self" } };
    const allowed = (...facts: ConsentFact[]) =>
      isAllowed(
        fold(
          cases,
          [woman, ...facts].map((fact) => on(at, fact)),
        ).consents,
        "Interview",
        at,
      );
    expect([allowed(interview), allowed(interview, no)]).toEqual([true, false]);
  });
  test.each(["guardian", "social-welfare-officer"] as const)("nobody consents for an adult, not a %s either", (givenBy) =>
    given(cases, woman)
      .when(giveConsent, { ...yes, givenBy, childAssents: true })
      .refused("AdultConsentsHerself"),
  );
  test.each(["guardian", "social-welfare-officer"] as const)("a child says yes together with the %s", (givenBy) => {
    const together: GiveConsent = { ...yes, givenBy, childAssents: true };
    given(cases, girl).when(giveConsent, together).then(consented(together));
  });
  test("a yes to be helped says to which help, and no other does", () => {
    const help: GiveConsent = { ...yes, purpose: "ServiceDelivery" };
    given(cases, woman).when(giveConsent, help).refused("ServiceGroupsMissing");
    given(cases, woman)
      .when(giveConsent, { ...help, serviceGroups: [] })
      .refused("ServiceGroupsMissing");
    given(cases, woman)
      .when(giveConsent, { ...yes, serviceGroups: ["Health"] })
      .refused("ServiceGroupsOutOfPlace");
    given(cases, woman)
      .when(giveConsent, { ...help, serviceGroups: ["Health", "Legal"] })
      .then(consented({ ...help, serviceGroups: ["Health", "Legal"] }));
  });
  test("a second yes is a consent of its own", () => given(cases, woman, consented()).when(giveConsent, yes).then(consented()));
});

describe("refusing consent", () => {
  const no = { purpose: "PhotoMedia", refusedBy: "self" } as const;
  test("a no is on record, each time", () => {
    const refused: ConsentFact = { type: "ConsentRefused", data: no };
    given(cases, woman).when(refuseConsent, no).then(refused);
    given(cases, woman, refused).when(refuseConsent, no).then(refused);
  });
  test("nobody is asked when the case is closed", () => given(cases, woman, closed).when(refuseConsent, no).refused("CaseNotOpen"));
});

describe("narrowing a consent", () => {
  const less: NarrowConsent = { consentId: "id-1", recipients: ["o-1"], dataClasses: ["health"], expiresAt: "2026-03-01T00:00:00.000Z" };
  const all: NarrowConsent = { ...less, recipients: ["o-2", "o-1"], dataClasses: ["health", "identity"], expiresAt: yes.expiresAt };

  test("she may allow less", () =>
    given(cases, woman, consented()).when(narrowConsent, less).then({ type: "ConsentNarrowed", data: less }));
  test("she may do so when her case is closed", () =>
    given(cases, woman, consented(), closed).when(narrowConsent, less).then({ type: "ConsentNarrowed", data: less }));
  test("as much as before is already so, in whatever order it is said", () =>
    given(cases, woman, consented()).when(narrowConsent, all).then());
  test.each<[string, Partial<NarrowConsent>]>([
    ["another recipient", { recipients: ["o-1", "o-3"] }],
    ["another kind of data", { dataClasses: ["legal"] }],
    ["a later day", { expiresAt: "2026-06-01T00:00:00.001Z" }],
  ])("%s is not less", (_, more) =>
    given(cases, woman, consented())
      .when(narrowConsent, { ...less, ...more })
      .refused("NotNarrower"),
  );
  test("what she gave up does not come back by narrowing", () =>
    given(cases, woman, consented(), { type: "ConsentNarrowed", data: less }).when(narrowConsent, all).refused("NotNarrower"));
  test("what she never gave, or has withdrawn, is not narrowed", () => {
    given(cases, woman).when(narrowConsent, less).refused("ConsentUnknown");
    given(cases, woman, consented(), { type: "ConsentWithdrawn", data: { consentId: "id-1" } })
      .when(narrowConsent, less)
      .refused("ConsentNotStanding");
  });

  test("no narrowing ever covers what was not covered before", () => {
    const recipients = ["o-1", "o-2", "o-3"];
    const dataClasses = ["identity", "health", "legal"] as const;
    const days = ["2026-02-01", "2026-03-01", "2026-04-01"].map((day) => `${day}T00:00:00.000Z`);
    const request = fc.record({
      consentId: fc.constantFrom("id-1", "id-2"),
      recipients: fc.subarray(recipients, { minLength: 1 }),
      dataClasses: fc.subarray([...dataClasses], { minLength: 1 }),
      expiresAt: fc.constantFrom(...days),
    });
    const uses = recipients.flatMap((recipient) =>
      dataClasses.flatMap((dataClass) =>
        ["2026-01-10T08:00:00.000Z", ...days].map((now) => ({ use: { purpose: yes.purpose, recipient, dataClass }, now })),
      ),
    );
    const at = "2026-01-10T08:00:00.000Z";
    const narrowed = (state: typeof cases.initial, to: NarrowConsent) => {
      try {
        return fold(
          cases,
          narrowConsent(state, to, exampleContext()).map((fact) => ({ fact, at })),
          state,
        );
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return state;
      }
    };
    fc.assert(
      fc.property(request, request, fc.array(request, { maxLength: 6 }), (first, second, narrowings) => {
        const given = [first, second].map((scope, index) => consented({ ...yes, ...scope, consentId: `id-${index + 1}` } as GiveConsent));
        let state = fold(
          cases,
          given.map((fact) => ({ fact, at })),
        );
        for (const to of narrowings) {
          const after = narrowed(state, to);
          for (const { use, now } of uses) expect(covers(after.consents, use, now) && !covers(state.consents, use, now)).toBe(false);
          state = after;
        }
      }),
    );
  });
});

describe("withdrawing a consent", () => {
  const withdrawn: ConsentFact = { type: "ConsentWithdrawn", data: { consentId: "id-1" } };

  test("she may, without a reason", () => given(cases, woman, consented()).when(withdrawConsent, { consentId: "id-1" }).then(withdrawn));
  test("she may when her case is closed", () =>
    given(cases, woman, consented(), closed).when(withdrawConsent, { consentId: "id-1" }).then(withdrawn));
  test("a reason she gives is kept as personal", () =>
    given(cases, woman, consented())
      .when(withdrawConsent, { consentId: "id-1", reason: "An invented reason" })
      .then({ ...withdrawn, personal: { "s-1": { narrative: { reason: "An invented reason" } } } }));
  test("what she has withdrawn does not stand already", () =>
    given(cases, woman, consented(), withdrawn).when(withdrawConsent, { consentId: "id-1" }).then());
  test("what she never gave is not withdrawn", () =>
    given(cases, woman, consented()).when(withdrawConsent, { consentId: "id-9" }).refused("ConsentUnknown"));
});

describe("a consent whose time runs out", () => {
  const ended = { at: "2026-06-01T00:00:00.000Z", now: "2026-06-01T00:00:00.000Z" };
  const expired: ConsentFact = { type: "ConsentExpired", data: { consentId: "id-1" } };
  const expire = { consentId: "id-1" };

  test("is on record as expired", () => given(cases, woman, consented()).when(expireConsent, expire, ended).then(expired));
  test("is so once", () => given(cases, woman, consented(), expired).when(expireConsent, expire, ended).then());
  test("is so at the time to which she has narrowed it", () => {
    const less: ConsentFact = {
      type: "ConsentNarrowed",
      data: { consentId: "id-1", recipients: ["o-1"], dataClasses: ["identity"], expiresAt: "2026-02-01T00:00:00.000Z" },
    };
    given(cases, woman, consented(), less)
      .when(expireConsent, expire, { at: "2026-02-01T00:00:00.000Z", now: "2026-02-01T00:00:00.000Z" })
      .then(expired);
  });
  test("is not before its time", () => given(cases, woman, consented()).when(expireConsent, expire).refused("ConsentNotExpired"));
  test("says nothing new where she has withdrawn it", () =>
    given(cases, woman, consented(), { type: "ConsentWithdrawn", data: { consentId: "id-1" } })
      .when(expireConsent, expire, ended)
      .then());
  test("is none that was never given", () => given(cases, woman).when(expireConsent, expire, ended).refused("ConsentUnknown"));
  test("can be withdrawn all the same: her word is kept", () =>
    given(cases, woman, consented(), expired)
      .when(withdrawConsent, { consentId: "id-1" }, ended)
      .then({ type: "ConsentWithdrawn", data: { consentId: "id-1" } }));
});

describe("a consent to be helped", () => {
  const help: GiveConsent = { ...yes, purpose: "ServiceDelivery", serviceGroups: ["Health", "Legal"] };
  const ask = (over: Partial<NarrowConsent>): NarrowConsent => {
    const { recipients, dataClasses, expiresAt } = help;
    return { consentId: "id-1", recipients, dataClasses, expiresAt, ...over };
  };
  const narrowed = (over: Partial<NarrowConsent>): ConsentFact => ({
    type: "ConsentNarrowed",
    data: { ...ask({}), serviceGroups: help.serviceGroups, ...over },
  });
  test("is made one to less help, and never to more", () => {
    given(cases, woman, consented(help))
      .when(narrowConsent, ask({ serviceGroups: ["Legal"] }))
      .then(narrowed({ serviceGroups: ["Legal"] }));
    given(cases, woman, consented(help), narrowed({ serviceGroups: ["Legal"] }))
      .when(narrowConsent, ask({ serviceGroups: ["Health"] }))
      .refused("NotNarrower");
    given(cases, woman, consented(help))
      .when(narrowConsent, ask({ serviceGroups: ["Health", "Legal"] }))
      .then();
  });
  test("is to the same help still, where nothing is said of it", () =>
    given(cases, woman, consented(help))
      .when(narrowConsent, ask({ recipients: ["o-1"] }))
      .then(narrowed({ recipients: ["o-1"] })));
  test("that named no help, as all did once, is to what its classes of data tell", () => {
    const { serviceGroups: _, ...older } = help;
    const { consents } = fold(cases, [
      { fact: woman, at: "2026-01-10T08:00:00.000Z" },
      { fact: consented({ ...older, dataClasses: ["health", "legal"] }), at: "2026-01-10T08:00:00.000Z" },
    ]);
    expect(consents.given[0]!.said[0]!.serviceGroups).toEqual(["Health", "Legal", "Documents"]);
  });
});
