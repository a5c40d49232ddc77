import { given } from "#kernel/given.js";
import * as answering from "./answering.js";
import type { HotlineFact } from "./contact.js";
import { hotlineContacts } from "./hotline-contacts.js";

// The examples happen on Saturday, 10 January 2026, at eleven in the morning in Dar es Salaam.
const asked: answering.RecordHotlineContact = { channel: "PhoneCall", topics: ["Trafficking"], caller: "Neighbour", callBackIsSafe: false };
const saturdays = [{ day: "Saturday" as const, from: 9, until: 12 }];
const recorded = (
  callBackHours: { day: "Saturday"; from: number; until: number }[] = [],
  callBackIsSafe = callBackHours.length > 0,
): HotlineFact => ({
  type: "HotlineContactRecorded",
  data: { subject: "id-1", ...asked, callBackIsSafe, callBackHours },
});
const linked: HotlineFact = { type: "ContactLinkedToCase", data: { caseId: "c-1" } };

describe("somebody calls", () => {
  test("and needs no name and no case", () => given(hotlineContacts).when(answering.recordHotlineContact, asked).then(recorded()));
  test("and what was said is sealed", () =>
    given(hotlineContacts)
      .when(answering.recordHotlineContact, { ...asked, summary: "Invented" })
      .then({ ...recorded(), personal: { "id-1": { hotlineAccount: { summary: "Invented" } } } } as HotlineFact));
  test("and how to call back is kept where that is safe, with the hours", () =>
    given(hotlineContacts)
      .when(answering.recordHotlineContact, { ...asked, callBackIsSafe: true, callBack: "Invented", callBackHours: saturdays })
      .then({ ...recorded(saturdays), personal: { "id-1": { hotlineCallBack: { callBack: "Invented" } } } } as HotlineFact));
  test("and how to call back is not kept where nobody said that it is safe", () => {
    given(hotlineContacts)
      .when(answering.recordHotlineContact, { ...asked, callBack: "Invented", callBackHours: saturdays })
      .refused("CallBackNotSafe");
    given(hotlineContacts)
      .when(answering.recordHotlineContact, { ...asked, callBackHours: saturdays })
      .refused("CallBackNotSafe");
    given(hotlineContacts)
      .when(answering.recordHotlineContact, { ...asked, callBackIsSafe: true, callBackHours: [{ day: "Saturday", from: 12, until: 9 }] })
      .refused("HoursEndBeforeTheyBegin");
  });
  test("once", () =>
    given(hotlineContacts, recorded()).when(answering.recordHotlineContact, asked).refused("HotlineContactAlreadyRecorded"));
});

describe("the caller", () => {
  test("is told what helps, each piece of advice once", () => {
    const advised: HotlineFact = { type: "HotlineAdviceGiven", data: { advice: ["WhereToGetHelp"] } };
    given(hotlineContacts, recorded())
      .when(answering.giveHotlineAdvice, { advice: ["WhereToGetHelp"] })
      .then(advised);
    given(hotlineContacts, recorded(), advised)
      .when(answering.giveHotlineAdvice, { advice: ["WhereToGetHelp", "EmergencyNumber"] })
      .then({ type: "HotlineAdviceGiven", data: { advice: ["EmergencyNumber"] } });
    given(hotlineContacts, recorded(), advised)
      .when(answering.giveHotlineAdvice, { advice: ["WhereToGetHelp"] })
      .then();
  });
  test("is told where to go, of each organisation once", () => {
    const referred: HotlineFact = { type: "HotlineCallerReferred", data: { organisation: "o-1" } };
    given(hotlineContacts, recorded()).when(answering.referHotlineCaller, { organisation: "o-1" }).then(referred);
    given(hotlineContacts, recorded(), referred).when(answering.referHotlineCaller, { organisation: "o-1" }).then();
  });
});

describe("the caller is called back", () => {
  const back: answering.CallBackHotlineCaller = { outcome: "NotReached", left: "Nothing" };
  test("at the hours that she named, where nothing is left with others", () => {
    given(hotlineContacts, recorded(saturdays))
      .when(answering.callBackHotlineCaller, back)
      .then({ type: "HotlineCallerCalledBack", data: { outcome: "NotReached" } });
    given(hotlineContacts, recorded(saturdays))
      .when(answering.callBackHotlineCaller, back, { now: "2026-01-10T09:00:00.000Z" })
      .refused("NotAtThisHour");
    given(hotlineContacts, recorded(saturdays))
      .when(answering.callBackHotlineCaller, { ...back, left: "Message" })
      .refused("LeftWithOthers");
  });
  test("at any hour, where she named none", () =>
    given(hotlineContacts, recorded([], true))
      .when(answering.callBackHotlineCaller, back)
      .then({ type: "HotlineCallerCalledBack", data: { outcome: "NotReached" } }));
  test("not where she did not say that it is safe", () =>
    given(hotlineContacts, recorded()).when(answering.callBackHotlineCaller, back).refused("NoSafeWayKnown"));
  test("by her case, once there is one", () =>
    given(hotlineContacts, recorded(saturdays), linked).when(answering.callBackHotlineCaller, back).refused("ContactBelongsToCase"));
});

describe("a call becomes a case", () => {
  const toCase = { also: { linked: { openedAt: "2026-01-10T07:00:00.000Z" } } };
  test("which it is linked to, once", () => {
    given(hotlineContacts, recorded()).when(answering.linkHotlineContactToCase, { caseId: "c-1" }, toCase).then(linked);
    given(hotlineContacts, recorded(), linked).when(answering.linkHotlineContactToCase, { caseId: "c-1" }, toCase).then();
  });
  test("and no other", () =>
    given(hotlineContacts, recorded(), linked)
      .when(answering.linkHotlineContactToCase, { caseId: "c-2" }, toCase)
      .refused("LinkedToAnotherCase"));
  test("not before that was opened", () =>
    given(hotlineContacts, recorded())
      .when(answering.linkHotlineContactToCase, { caseId: "c-1" }, { also: { linked: { openedAt: "2026-01-10T09:00:00.000Z" } } })
      .refused("BeforeItsBeginning"));
});
