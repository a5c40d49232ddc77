import { eachOf, right, type Expectation, type Scene } from "#access/expectation.js";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A call with all that can happen after one. `becomes`: the case that it becomes. */
async function called({ done }: Scene, becomes?: string): Promise<string> {
  const { id } = await done("shelter-case-manager", "/v1/hotline-contacts/record-hotline-contact", {
    ...{ channel: "PhoneCall", language: "sw", topics: ["Trafficking"], caller: "Herself", callBackIsSafe: true },
    callBackHours: days.map((day) => ({ day, from: 0, until: 24 })),
    ...{ callBack: "Invented number", summary: "Invented call" },
  });
  const say = (verb: string, body: object) => done("shelter-case-manager", `/v1/hotline-contacts/${id}/${verb}`, body);
  await say("give-hotline-advice", { advice: ["WhereToGetHelp"] });
  await say("refer-hotline-caller", { organisation: "4c5a1f60-0000-4000-8000-0000000000e1" });
  await say("call-back-hotline-caller", { outcome: "Reached", left: "Nothing" });
  if (becomes !== undefined) await say("link-hotline-contact-to-case", { caseId: becomes });
  return id;
}

const listeners = { "shelter-case-manager": "W", "social-welfare-officer": "W", supervisor: "R" } as const;
const columns = ["revision", "receivedAt", "answeredBy", "channel", "language", "topics", "caller", "advice", "referredTo"];

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    recordHotlineContact: right("write", "hotline", "begun"),
    ...eachOf(
      ["giveHotlineAdvice", "referHotlineCaller", "callBackHotlineCaller", "linkHotlineContactToCase"],
      right("write", "hotline", "a hotline-contact"),
    ),
    hotlineContacts: right("read", "hotline", "all"),
    ...eachOf(
      ["hotlineContact", "hotlineContactLive", "hotlineContactHistory", "hotlineContactState"],
      right("read", "hotline", "a hotline-contact"),
    ),
    hotlineContactAccess: right("read", "access", "a hotline-contact"),
  },
  personal: { recordHotlineContact: { callBack: "hotlineCallBack", summary: "hotlineAccount" } },
  answers: {
    HotlineContact: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf([...columns, "calledBackAt", "callBackIsSafe", "becameCase"], "hotline"),
      ...eachOf(["callBackHours[].day", "callBackHours[].from", "callBackHours[].until"], "hotline"),
      caseId: "hotlineLink",
      account: "hotlineAccount",
      callBack: "hotlineCallBack",
    },
  },
  states: {
    "hotline-contact": {
      "contact.subject": "hotlineAccount",
      ...eachOf(
        ["contact.receivedAt", "contact.organisation", "contact.callBackIsSafe", "contact.callBackHours", "contact.advice"],
        "hotline",
      ),
      "contact.referredTo": "hotline",
      ...eachOf(["contact.caseId", "contact.linkedBy"], "hotlineLink"),
    },
  },
  facts: {
    HotlineContactRecorded: {
      subject: "hotlineAccount",
      ...eachOf(["channel", "language", "topics", "caller", "callBackIsSafe", "callBackHours"], "hotline"),
    },
    ...eachOf(["HotlineAdviceGiven", "HotlineCallerReferred", "HotlineCallerCalledBack"], "hotline"),
    ContactLinkedToCase: "hotlineLink",
  },
  cells: {
    hotline: { ...listeners, auditor: "R", "data-protection-officer": "R" },
    hotlineLink: { supervisor: "R", auditor: "R", "data-protection-officer": "R" },
    hotlineAccount: listeners,
    hotlineCallBack: listeners,
  },
  told: { "HotlineContact.account": { summary: "Invented call" }, "HotlineContact.callBack": { callBack: "Invented number" } },
  stands: { "a hotline-contact": ({ role, organisation }) => role !== "supervisor" || organisation === undefined },
  begin: { "a hotline-contact": (scene) => called(scene) },
  story: async (scene) => void (await called(scene, scene.resident)),
};
