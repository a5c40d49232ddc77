import { caseload } from "./caseload.js";
import { MadeId, RecordId } from "./telling.js";
import { piecesIn } from "./turns.js";

const kigoma = { seed: "demo", region: "Kigoma", worker: "amina" };
const all = caseload(kigoma, 120);

describe("the invented caseload", () => {
  test("is the same for a seed, and another for another seed or house", () => {
    expect(caseload(kigoma, 120)).toEqual(all);
    const keys = new Set(all.steps.map(({ key }) => key));
    expect(keys.size).toBe(all.steps.length);
    for (const other of [caseload({ ...kigoma, seed: "another" }, 120), caseload({ ...kigoma, region: "Kagera" }, 120)])
      expect(other.steps.filter(({ key }) => keys.has(key))).toEqual([]);
  });

  test("lies in two years", () => {
    const times = all.steps.map(({ at }) => at).toSorted();
    expect([times[0]! >= "2024-10-31", times.at(-1)! < "2026-10-03"]).toEqual([true, true]);
  });

  test("tells of a notification that is completed later, of siblings, and of each way in which help and a case can end", () => {
    const told = new Set(all.steps.map(({ what }) => what));
    for (const what of [
      ...["notify-case", "acknowledge-notification", "supplement-first-contact", "change-urgency", "agree-safe-contact"],
      ...["record-trafficking-details", "determine-trafficking-status", "refer-on", "decline-referral-on", "grant-reflection-period"],
      ...["link-related-case", "confirm-related-case", "record-trafficking-event", "link-case-to-event", "link-hotline-contact-to-case"],
      ...["complete-assessment", "supplement-assessment", "set-goal", "agree-to-case-plan", "approve-case-plan", "review-case-plan"],
      ...["request-service", "deliver-service", "miss-service", "decline-service", "assess-risk", "agree-safety-plan"],
      ...["report-security-incident", "add-note", "mark-entry-erroneous", "withdraw-consent", "start-follow-up", "record-contact-attempt"],
      ...["admit-resident", "discharge-resident", "request-closure", "reject-closure", "approve-closure"],
    ])
      expect([...told]).toContain(what);
    const formsOf = all.steps.filter(({ what }) => what === "complete-assessment").map(({ body }) => body["template"]);
    expect(new Set(formsOf)).toEqual(new Set(["SCR-1", "RSK-1", "NDS-1", "CLS-1"]));
    expect(all.documents.length).toBeGreaterThan(0);
  });

  test("is sent in pieces of which none needs what comes after it", () => {
    const [known, begun] = [new Set<string>(), new Set(["shelter"])];
    const latest = new Map<string, string>();
    const wrong: string[] = [];
    for (const { record, steps } of piecesIn(all.steps)) {
      const isKnown = (each: unknown) =>
        each instanceof MadeId ? known.has(each.key) : !(each instanceof RecordId) || begun.has(each.record);
      const isInOrder = steps.every(({ at }) => at >= (latest.get(record) ?? ""));
      if (steps[0]!.begins) begun.add(record);
      if (!isInOrder || !begun.has(record) || !steps.flatMap(({ body }) => Object.values(body)).every(isKnown)) wrong.push(record);
      for (const { key } of steps) known.add(key);
      latest.set(record, steps.at(-1)!.at);
    }
    expect(wrong).toEqual([]);
    expect(known.size).toBe(all.steps.length);
  });
});
