import "reflect-metadata";
import { rowAfter, told } from "#projection/declare/given.js";
import { hotlineContactView } from "./contact.view.js";

const metadata = { by: { id: "amina", role: "shelter-case-manager" } };
const at = (day: string, type: string, data: object, ...classes: string[]) =>
  ({ ...told(type, data, ...classes), at: `2026-01-${day}T08:00:00.000Z`, metadata }) as never;
const recorded = at(
  "01",
  "HotlineContactRecorded",
  { subject: "s-1", channel: "PhoneCall", topics: ["Legal"], caller: "Friend", callBackIsSafe: false, callBackHours: [] },
  "hotlineAccount",
);

test("a call shows what the caller was told, each piece of advice once, and when she was called back last", () => {
  const row = rowAfter(
    hotlineContactView,
    recorded,
    at("02", "HotlineAdviceGiven", { advice: ["EmergencyNumber"] }),
    at("02", "HotlineAdviceGiven", { advice: ["EmergencyNumber", "Other"] }),
    at("02", "HotlineCallerReferred", { organisation: "o-1" }),
    at("05", "HotlineCallerCalledBack", { outcome: "Reached" }),
    at("03", "HotlineCallerCalledBack", { outcome: "NotReached" }),
  );
  expect(row).toMatchObject({ advice: ["EmergencyNumber", "Other"], referredTo: ["o-1"], calledBackAt: "2026-01-05T08:00:00.000Z" });
  expect([row?.account !== null, row?.callBack]).toEqual([true, null]);
});
test("a call that has become a case says so, and which", () =>
  expect(rowAfter(hotlineContactView, recorded, at("02", "ContactLinkedToCase", { caseId: "c-1" }))).toMatchObject({
    ...{ becameCase: true, caseId: "c-1" },
  }));
