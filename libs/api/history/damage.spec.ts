import { RecordDestroyed, RecordUnreadable, StoreUnavailable } from "#store/failures.js";
import { Damage, type DamageFound } from "./damage.js";

const place = { stream: "access-6f1d", revision: 3n, position: { commit: 70n, prepare: 70n } };

describe("a record that was damaged in the event store", () => {
  test("is told with its place, and counted by kind", () => {
    const told: DamageFound[] = [];
    const damage = new Damage((found) => told.push(found));
    expect(damage.note(new RecordDestroyed("tombstoned", { ...place, position: null }))).toBe(true);
    expect(damage.note(new RecordUnreadable("Seen", place))).toBe(true);
    expect(damage.note(new RecordUnreadable("Seen", { ...place, stream: "case-1" }))).toBe(true);
    expect(damage.note(new RecordUnreadable("Seen", place))).toBe(true);
    expect(told[0]).toEqual({ code: "RecordDestroyed", stream: "access-6f1d", revision: "3", position: undefined });
    expect(told[1]).toEqual({ code: "RecordUnreadable", stream: "access-6f1d", revision: "3", position: "70", type: "Seen" });
    expect([...damage.counts]).toEqual([
      { code: "RecordDestroyed", record: "access", count: 1 },
      { code: "RecordUnreadable", record: "access", count: 2 },
      { code: "RecordUnreadable", record: "case", count: 1 },
    ]);
  });

  test("is told without a stranger's words", () => {
    const told: DamageFound[] = [];
    new Damage((found) => told.push(found)).note(new RecordUnreadable("Example Person, Invented street 1", place));
    expect(JSON.stringify(told)).not.toContain("Person");
  });

  test("is not what is merely away", async () => {
    const damage = new Damage(() => undefined);
    await expect(damage.noting(Promise.reject(new StoreUnavailable("away")))).rejects.toThrow("away");
    expect([...damage.counts]).toEqual([]);
    expect(await damage.noting(Promise.resolve(1))).toBe(1);
  });
});
