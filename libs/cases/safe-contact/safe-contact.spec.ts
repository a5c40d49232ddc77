import { fold, given, on } from "#kernel/given.js";
import { weekdayAndHourOf } from "#kernel/in-time.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import { agreeSafeContact, recordContactAttempt, type AgreeSafeContact, type RecordContactAttempt } from "./contacting.js";
import type { SafeContactFact } from "./safe-contact.js";

// The examples happen on Saturday, 10 January 2026, at eleven in the morning in Dar es Salaam.
const begun = "2026-01-01T08:00:00.000Z";
const opened = (ageBand: "21-29" | "9-17" = "21-29") =>
  on(begun, {
    type: "CaseOpened",
    data: { subject: "s-1", source: "Self", urgency: "Routine", region: "Mwanza", sex: "Female", ageBand },
  } as IntakeFact);
const way: AgreeSafeContact = {
  channels: ["PhoneCall", "TextMessage"],
  hours: [{ day: "Saturday", from: 9, until: 12 }],
  agreedWith: "self",
};
const agreed = (over: Partial<AgreeSafeContact> = {}): SafeContactFact => ({ type: "SafeContactAgreed", data: { ...way, ...over } });
const known = on(begun, agreed());
const call: RecordContactAttempt = { channel: "PhoneCall", reason: "Support", outcome: "NotReached", left: "Nothing" };
const called = (over: object = {}): SafeContactFact => ({
  type: "ContactAttempted",
  data: { attempt: "id-1", channel: "PhoneCall", reason: "Support", outcome: "NotReached", ...over },
});
const toFollowUp: ConsentFact = {
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "FollowUpContact", recipients: ["o-1"], dataClasses: ["contact"] },
    ...{ expiresAt: "2026-06-01T00:00:00.000Z", givenBy: "self", evidence: "Signature" },
  },
};
const followed = on(begun, { type: "FollowUpStarted", data: { episode: 1 } } as const);
const closed = on(begun, { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const);

describe("her safe way", () => {
  test("is kept as she named it, and is already so where it is the same", () => {
    given(cases, opened()).when(agreeSafeContact, way).then(agreed());
    given(cases, opened(), known).when(agreeSafeContact, way).then();
  });
  test("may be none: she is not to be contacted", () =>
    given(cases, opened(), known)
      .when(agreeSafeContact, { ...way, channels: [], hours: [] })
      .then(agreed({ channels: [], hours: [] })));
  test("has hours, which end after they begin", () => {
    given(cases, opened())
      .when(agreeSafeContact, { ...way, hours: [] })
      .refused("HoursMissing");
    given(cases, opened())
      .when(agreeSafeContact, { ...way, hours: [{ day: "Monday", from: 12, until: 12 }] })
      .refused("HoursEndBeforeTheyBegin");
  });
  test("is named by a woman herself, and of a child also by whoever answers for it", () => {
    const byGuardian: AgreeSafeContact = { ...way, agreedWith: "guardian" };
    given(cases, opened()).when(agreeSafeContact, byGuardian).refused("SafeWayIsHers");
    given(cases, opened("9-17"))
      .when(agreeSafeContact, byGuardian)
      .then(agreed({ agreedWith: "guardian" }));
  });
  test("is not agreed when her case is closed", () => given(cases, opened(), closed).when(agreeSafeContact, way).refused("CaseNotOpen"));
  test("told late, stands before what she has said since", () => {
    const { safeContact } = fold(cases, [opened(), on("2026-01-05T08:00:00.000Z", agreed({ channels: ["Email"] })), known]);
    expect(safeContact.agreed.at(-1)?.channels).toEqual(["Email"]);
  });
});

describe("she is contacted", () => {
  test("by her way and at her hour; what was spoken is personal", () => {
    given(cases, opened(), known).when(recordContactAttempt, call).then(called());
    given(cases, opened(), known)
      .when(recordContactAttempt, { ...call, account: "Invented" })
      .then({ ...called(), personal: { "s-1": { contact: { account: "Invented" } } } } as SafeContactFact);
  });
  test("by no way before she has named one, or after she has said that there is none", () => {
    given(cases, opened()).when(recordContactAttempt, call).refused("NoSafeWayKnown");
    given(cases, opened(), known, agreed({ channels: [], hours: [] }))
      .when(recordContactAttempt, call)
      .refused("NoSafeWayKnown");
  });
  test("by no other way", () =>
    given(cases, opened(), known)
      .when(recordContactAttempt, { ...call, channel: "Visit" })
      .refused("NotByThisChannel"));
  test("at no other hour or day, as the clock goes where she is", () => {
    const at = (now: string, zone = "Africa/Dar_es_Salaam") => ({ now, zone });
    given(cases, opened(), known).when(recordContactAttempt, call, at("2026-01-10T06:00:00.000Z")).then(called());
    given(cases, opened(), known).when(recordContactAttempt, call, at("2026-01-10T05:59:59.999Z")).refused("NotAtThisHour");
    given(cases, opened(), known).when(recordContactAttempt, call, at("2026-01-10T09:00:00.000Z")).refused("NotAtThisHour");
    given(cases, opened(), known).when(recordContactAttempt, call, at("2026-01-10T09:00:00.000Z", "Africa/Dakar")).then(called());
    given(cases, opened(), known).when(recordContactAttempt, call, at("2026-01-09T08:00:00.000Z")).refused("NotAtThisHour");
  });
  test("as it stood then, where it is told late", () =>
    given(cases, opened(), known, agreed({ channels: ["Email"] }))
      .when(recordContactAttempt, call, { at: "2026-01-03T08:00:00.000Z" })
      .then(called()));
  test("and nothing is left with others", () => {
    for (const left of ["Message", "Number", "Name", "Document"] as const)
      given(cases, opened(), known)
        .when(recordContactAttempt, { ...call, left })
        .refused("LeftWithOthers");
  });
  test("to ask how she is after support, only with her consent to that", () => {
    const asking: RecordContactAttempt = { ...call, reason: "FollowUp" };
    given(cases, opened(), known).when(recordContactAttempt, asking).refused("FollowUpNotConsented");
    given(cases, opened(), known, on(begun, toFollowUp))
      .when(recordContactAttempt, asking)
      .then(called({ reason: "FollowUp" }));
    given(cases, opened(), known, followed).when(recordContactAttempt, call).refused("FollowUpNotConsented");
    given(cases, opened(), known, followed, on(begun, toFollowUp)).when(recordContactAttempt, call).then(called());
    const withdrawn: ConsentFact = { type: "ConsentWithdrawn", data: { consentId: "c-1" } };
    given(cases, opened(), known, followed, on(begun, toFollowUp), withdrawn)
      .when(recordContactAttempt, call)
      .refused("FollowUpNotConsented");
  });
  test("and not when her case is closed", () =>
    given(cases, opened(), known, closed).when(recordContactAttempt, call).refused("CaseNotOpen"));
});

test("an hour is what the clock says where she is", () => {
  expect(weekdayAndHourOf("2026-01-10T21:00:00.000Z", "Africa/Dar_es_Salaam")).toEqual({ weekday: "Sunday", hour: 0 });
  expect(weekdayAndHourOf("2026-01-10T20:59:59.999Z", "Africa/Dar_es_Salaam")).toEqual({ weekday: "Saturday", hour: 23 });
});
