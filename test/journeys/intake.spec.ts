import { weekdays } from "#kernel/in-time.js";
import { System } from "../support/system.js";
import { consent, eventually, organisation } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

/** Makes a change by REST as somebody; answers the status, and the code where it is refused. */
const doing = (records: string, id: string) => async (who: string, verb: string, body: object) => {
  const { status, body: answer } = await system.post(who, `/v1/${records}/${id}/${verb}`, body);
  return status === 200 ? "done" : `${status} ${answer.code}`;
};
/** The same by GraphQL: `mutation name(id, input)`. */
const change = async (username: string, name: string, input: object, id?: string) => {
  const type = name[0]!.toUpperCase() + name.slice(1);
  const variables = id ? "$id: ID!, " : "";
  const text = `mutation(${variables}$input: ${type}!) { done: ${name}(${id ? "id: $id, " : ""}input: $input) { id } }`;
  const { body } = await system.graphql(username, text, { id, input });
  return body.errors ? body.errors[0].extensions : body.data.done;
};
const fileOf = async (caseId: string, isSo: (file: any) => boolean) =>
  (
    await eventually(
      () => system.get("amina", `/v1/cases/${caseId}`),
      ({ body }) => isSo(body),
    )
  ).body;
const kindsOf = async (caseId: string, isSo: (kinds: string[]) => boolean) => {
  const kinds = ({ body }: { body: any }): string[] => body.items.find(({ id }: { id: string }) => id === caseId)?.kinds ?? [];
  return kinds(
    await eventually(
      () => system.get("amina", "/v1/work"),
      (reply) => isSo(kinds(reply)),
    ),
  );
};

const always = weekdays.map((day) => ({ day, from: 0, until: 24 }));
/** Hours of the days from the day after tomorrow on: by no clock is it one of them. */
const never = [2, 3, 4].map((days) => ({ day: weekdays[(new Date().getUTCDay() + 6 + days) % 7]!, from: 0, until: 24 }));

test("the police tell of a girl at night with what little they know; they are answered, and the rest is told later", async () => {
  const opened = await system.post("amina", "/v1/cases/notify-case", {
    ...{ source: "Police", urgency: "Within24Hours", region: "Kigoma", reason: "AdditionalServicesRequired", knownFrom: "Police" },
    ...{ personInCharge: "Example Officer, desk 4", immediateNeeds: "Invented needs", acknowledgeWithinHours: 1 },
  });
  expect(opened.status).toBe(201);
  const ask = doing("cases", opened.body.id);
  const { intake, firstContact } = await fileOf(opened.body.id, (file) => file.intake?.missing.length > 0);
  expect(intake.missing).toEqual([
    ...["Sex", "Age", "Language", "District", "ReferringOrganisation"],
    ...["ConsentToInterview", "Identity", "Citizenship", "SafeContact"],
  ]);
  expect([intake.knownFrom, intake.notifier.personInCharge, firstContact.knownFrom]).toEqual([
    ...["Police", "Example Officer, desk 4", "Police"],
  ]);
  expect(await kindsOf(opened.body.id, (kinds) => kinds.length === 2)).toEqual(["Acknowledgement", "NotificationCompletion"]);

  // The police are answered, and it turns out to be urgent
  expect(await ask("amina", "acknowledge-notification", { channel: "Phone" })).toBe("done");
  expect(await ask("amina", "change-urgency", { urgency: "Immediate", reason: "DangerGrew" })).toBe("done");
  expect((await fileOf(opened.body.id, (file) => file.urgency === "Immediate")).intake.acknowledgedBy).toBe("Phone");
  expect(await kindsOf(opened.body.id, (kinds) => kinds.length === 1)).toEqual(["NotificationCompletion"]);

  // The rest is told, each with whom it is known from
  const first = { sex: "Female", language: "sw", district: "Kasulu-Town", referringOrganisation: organisation, knownFrom: "Self" };
  expect(await ask("amina", "supplement-first-contact", first)).toBe("done");
  expect(await ask("amina", "supplement-first-contact", { sex: "Male" })).toBe("409 AlreadyKnown");
  expect(await ask("amina", "assess-age", { method: "Statement", isChild: false, knownFrom: "Family" })).toBe("done");
  expect(await ask("amina", "give-consent", consent)).toBe("done");
  const identity = { givenName: "Examplina", citizenships: ["BI"], languages: ["rn"], knownFrom: "Document" };
  expect(await ask("amina", "record-identity", identity)).toBe("done");
  expect(await ask("amina", "agree-safe-contact", { channels: ["PhoneCall"], hours: always, agreedWith: "self" })).toBe("done");
  const file = await fileOf(opened.body.id, ({ intake: told }) => told.missing.length === 0);
  expect([file.sex, file.intake.ageKnownFrom, file.person.identityKnownFrom]).toEqual(["Female", "Family", "Document"]);
  expect(await kindsOf(opened.body.id, (kinds) => !kinds.includes("NotificationCompletion"))).toEqual(["ConsentEnding"]);
  const { body } = await system.get("imani", `/v1/cases/${opened.body.id}/history?first=200`);
  const sources = body.items.flatMap(({ data }: { data: any }) => data.knownFrom ?? []);
  expect(sources).toEqual(["Police", "Self", "Family", "Document"]);
}, 60_000);

test("a call to the hotline becomes a case, and she is contacted from there alone", async () => {
  const { id } = await change("amina", "recordHotlineContact", {
    ...{ channel: "PhoneCall", topics: ["Trafficking"], caller: "Herself", language: "sw", callBackIsSafe: true },
    ...{ callBackHours: always, callBack: "Invented number", summary: "Invented call" },
  });
  const hotline = doing("hotline-contacts", id);
  expect(await change("amina", "giveHotlineAdvice", { advice: ["HowToStaySafe", "EmergencyNumber"] }, id)).toEqual({ id });
  expect(await hotline("amina", "refer-hotline-caller", { organisation })).toBe("done");
  expect(await hotline("amina", "call-back-hotline-caller", { outcome: "SomebodyElseAnswered", left: "Message" })).toBe(
    "409 LeftWithOthers",
  );
  expect(await hotline("amina", "call-back-hotline-caller", { outcome: "Reached", left: "Nothing" })).toBe("done");

  const text = `{ hotlineContact(id: "${id}") { becameCase caseId advice account { summary } callBack { callBack } } }`;
  const read = async (who: string) => (await system.graphql(who, text)).body.data?.hotlineContact;
  const told = { account: { summary: "Invented call" }, callBack: { callBack: "Invented number" } };
  expect(await eventually(() => read("imani"), Boolean)).toMatchObject(told);
  const { id: caseId } = await change("amina", "notifyCase", { source: "Hotline", urgency: "Routine", region: "Mwanza" });
  expect(await hotline("amina", "link-hotline-contact-to-case", { caseId })).toBe("done");
  expect(await hotline("amina", "call-back-hotline-caller", { outcome: "Reached", left: "Nothing" })).toBe("409 ContactBelongsToCase");
  const shown = await eventually(
    () => read("amina"),
    (row) => row?.becameCase,
  );
  expect(shown).toEqual({
    ...{ becameCase: true, caseId: null, advice: ["HowToStaySafe", "EmergencyNumber"] },
    ...told,
  });
  // Her case tells of her from then on: a wall may keep some of those who answer calls out of it.
  expect(await read("imani")).toMatchObject({ caseId, account: null, callBack: null });
  const history = await system.get("imani", `/v1/hotline-contacts/${id}/history`);
  expect([history.status, JSON.stringify(history.body).includes("Invented")]).toEqual([200, false]);
  expect(await read("khadija")).toBeNull();
}, 60_000);

test("she is contacted only by her way and at her hours, and after support only as she agreed", async () => {
  const { body: opened } = await system.post("amina", "/v1/cases/notify-case", { source: "Self", urgency: "Routine", region: "Mwanza" });
  const ask = doing("cases", opened.id);
  const call = { channel: "PhoneCall", reason: "Support", outcome: "NotReached", left: "Nothing" };
  const way = { channels: ["PhoneCall", "TextMessage"], hours: never, agreedWith: "self" };
  expect(await ask("amina", "record-contact-attempt", call)).toBe("409 NoSafeWayKnown");
  expect(await ask("amina", "agree-safe-contact", way)).toBe("done");
  expect(await ask("amina", "record-contact-attempt", call)).toBe("409 NotAtThisHour");
  expect(await change("amina", "recordContactAttempt", { ...call, channel: "Visit" }, opened.id)).toMatchObject({
    code: "NotByThisChannel",
  });
  expect(await ask("amina", "agree-safe-contact", { ...way, hours: always })).toBe("done");
  expect(await ask("amina", "record-contact-attempt", { ...call, left: "Name" })).toBe("409 LeftWithOthers");
  expect(await ask("amina", "record-contact-attempt", { ...call, account: "Invented" })).toBe("done");
  expect(await ask("amina", "start-follow-up", {})).toBe("done");
  expect(await ask("amina", "record-contact-attempt", call)).toBe("409 FollowUpNotConsented");
  expect(await ask("amina", "give-consent", { ...consent, purpose: "FollowUpContact", dataClasses: ["contact"] })).toBe("done");
  expect(await ask("amina", "record-contact-attempt", { ...call, reason: "FollowUp", outcome: "Reached" })).toBe("done");
  const { body } = await eventually(
    () => system.get("amina", `/v1/cases/${opened.id}/contact-attempts`),
    (reply) => reply.body.items.length === 2,
  );
  expect(body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["Reached", "NotReached"]);
  const { safeContact } = await fileOf(opened.id, (file) => file.safeContact?.accounts?.length === 1);
  expect([safeContact.channels, safeContact.accounts[0].account]).toEqual([["PhoneCall", "TextMessage"], "Invented"]);
}, 60_000);
