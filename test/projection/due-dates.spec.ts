import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import type { Pool } from "pg";
import type { Instant } from "#kernel/kernel.js";
import { AskingDue, askWhatIsDue } from "#projection/run/due-dates.js";
import { dueStatusOf } from "#projection/watch/due-status.js";
import type { Change } from "#store/change.js";
import { eventually } from "../support/processes.js";
import { Stories } from "../support/stories.js";
import { appointment, inMinutes, minute, withDiary } from "./diary.js";

// What falls due is asked for once, at its time, whatever happens to the programs and to the clock.

const here = new Stories(2);

type Step =
  | { do: "set"; key: string; minutes: number }
  | { do: "cancel"; key: string }
  | { do: "pass"; minutes: number }
  | { do: "round" | "die" | "rebuild" | "two" };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("set" as const), key: fc.constantFrom("a", "b", "c"), minutes: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), key: fc.constantFrom("a", "b", "c") }) },
  // The clock of a machine is also put back.
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pass" as const), minutes: fc.integer({ min: -10, max: 30 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("round" as const, "die" as const, "rebuild" as const, "two" as const) }) },
);

test("whatever is told and moved, whoever dies, however the clock steps: each date is asked for once, and none before its time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      await withDiary(here, async (diary) => {
        const dates = new Map<string, Instant>();
        const expected = new Set<string>();
        const fallDue = () => {
          for (const [key, at] of dates) if (at <= new Date(diary.now).toISOString()) expected.add(`${key} ${at}`);
        };
        for (const each of steps) {
          if (each.do === "set") {
            const [at, now] = [inMinutes(each.minutes), new Date(diary.now).toISOString()];
            await diary.tell({ type: "AppointmentSet", data: { key: each.key, at } });
            dates.set(each.key, at > now ? at : now);
          } else if (each.do === "cancel") {
            await diary.tell({ type: "AppointmentCancelled", data: { key: each.key } });
            dates.delete(each.key);
          } else if (each.do === "pass") diary.now += each.minutes * minute;
          else if (each.do === "rebuild") await diary.rebuilt();
          else {
            fallDue();
            if (each.do === "round") await diary.round();
            if (each.do === "die") await diary.roundThatDies();
            if (each.do === "two") await Promise.all([diary.round(), diary.round(diary.asking())]);
          }
        }
        diary.now += 120 * minute;
        fallDue();
        await diary.round();
        await diary.round();
        const told = await diary.came();
        // A program that died at its first date has asked for that one alone; the others are asked for unless they were moved meanwhile.
        expect(new Set(told).size).toBe(told.length);
        for (const one of told) expect(expected).toContain(one);
        for (const [key, at] of dates) expect(told).toContain(`${key} ${at}`);
        if (!steps.some((each) => each.do === "die")) expect(told.toSorted()).toEqual([...expected].toSorted());
      });
    }),
    { numRuns: 12 },
  );
}, 300_000);

test("a date that a rule says no to is asked for once, and told to operators", () =>
  withDiary(here, async (diary) => {
    await diary.tell({ type: "AppointmentSet", data: { key: "never", at: inMinutes(5) } });
    await diary.tell({ type: "AppointmentSet", data: { key: "a", at: inMinutes(9) } });
    const [before] = await dueStatusOf(here.pool, [appointment]);
    expect(before).toEqual({ due: "appointment", waiting: 2, fallenDue: 2, next: inMinutes(5), asked: 0, refusals: 0 });
    diary.now += 6 * minute;
    await diary.round();
    await diary.round();
    expect(await diary.came()).toEqual([]);
    const [after] = await dueStatusOf(here.pool, [appointment]);
    expect(after).toEqual({ due: "appointment", waiting: 1, fallenDue: 1, next: inMinutes(9), asked: 1, refusals: 1 });
  }));

test("what cannot be asked for now is left alone for a while, and keeps nothing else waiting", () =>
  withDiary(here, async (diary) => {
    for (const key of ["broken", "a"]) await diary.tell({ type: "AppointmentSet", data: { key, at: inMinutes(1) } });
    diary.now += 2 * minute;
    let broken = true;
    const apply = async (change: Change) => {
      if (broken && (change.request as { key: string }).key === "broken") throw new TypeError("broken");
      return diary.changes.apply(change);
    };
    const interruptions: string[] = [];
    const asking = new AskingDue({
      pool: here.pool,
      changes: { apply, clock: diary.changes.clock },
      dues: [appointment],
      isOpen: async () => false,
      observer: { interrupted: (unit) => interruptions.push(unit) },
    });
    await diary.round(asking);
    await diary.round(asking);
    expect(await diary.came()).toEqual([`a ${inMinutes(1)}`]);
    expect(interruptions).toEqual(["due appointment"]);
    broken = false;
    diary.now += 2 * minute;
    await diary.round(asking);
    expect(await diary.came()).toEqual([`a ${inMinutes(1)}`, `broken ${inMinutes(1)}`]);
  }));

test("while history is brought in, its dates wait, and are then asked for once, at their own time; others go on", () =>
  withDiary(here, async (diary) => {
    const imported = { import: randomUUID(), by: "wema" };
    diary.open.add(imported.import);
    await diary.tell({ type: "AppointmentSet", data: { key: "old", at: inMinutes(1) } }, imported);
    await diary.tell({ type: "AppointmentSet", data: { key: "new", at: inMinutes(2) } });
    diary.now += 60 * minute;
    await diary.round();
    expect(await diary.came()).toEqual([`new ${inMinutes(2)}`]);
    diary.open.clear();
    await diary.round();
    await diary.round();
    expect(await diary.came()).toEqual([`new ${inMinutes(2)}`, `old ${inMinutes(1)}`]);
    const facts = [];
    for await (const fact of here.log.readStream(`appointment-${diary.id}`))
      facts.push([fact.type, fact.metadata.at, fact.metadata.source]);
    expect(facts.at(-1)).toEqual(["AppointmentCame", inMinutes(1), "policy"]);
  }));

test("whatever is wrong with an import or with what would be asked stops nothing else", () =>
  withDiary(here, async (diary) => {
    const imported = { import: randomUUID(), by: "wema" };
    await diary.tell({ type: "AppointmentSet", data: { key: "old", at: inMinutes(1) } }, imported);
    await diary.tell({ type: "AppointmentSet", data: { key: "unaskable", at: inMinutes(2) } });
    await diary.tell({ type: "AppointmentSet", data: { key: "new", at: inMinutes(3) } });
    diary.now += 5 * minute;
    const interruptions: string[] = [];
    const destroyed = () => Promise.reject(Object.assign(new Error("destroyed"), { code: "RecordDestroyed" }));
    let isOpen: (id: string) => Promise<boolean> = destroyed;
    const asking = new AskingDue({
      pool: here.pool,
      changes: diary.changes,
      dues: [
        {
          ...appointment,
          ask: (each) => {
            if (each.key === "unaskable") throw new TypeError("unaskable");
            return appointment.ask(each);
          },
        },
      ],
      isOpen: (id) => isOpen(id),
      observer: { interrupted: (unit) => interruptions.push(unit) },
    });
    await diary.round(asking);
    await diary.round(asking);
    expect(await diary.came()).toEqual([`new ${inMinutes(3)}`]);
    expect(new Set(interruptions)).toEqual(new Set(["due appointment"]));
    // Open when it was asked, and unreadable since.
    isOpen = async () => true;
    diary.now += 2 * minute;
    await diary.round(asking);
    isOpen = destroyed;
    await diary.round(asking);
    expect(interruptions).toContain("due dates");
    isOpen = async () => false;
    await diary.round(asking);
    expect(await diary.came()).toEqual([`new ${inMinutes(3)}`, `old ${inMinutes(1)}`]);
  }));

test("it goes on when the database comes back, and stops when it is told to", () =>
  withDiary(here, async (diary) => {
    await diary.tell({ type: "AppointmentSet", data: { key: "a", at: inMinutes(1) } });
    diary.now += 2 * minute;
    let away = true;
    const pool = {
      query: (text: string, values: unknown[]) =>
        away ? Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" })) : here.pool.query(text, values),
    } as unknown as Pool;
    const stop = new AbortController();
    const interruptions: string[] = [];
    const observer = { interrupted: (unit: string) => interruptions.push(unit) };
    const running = askWhatIsDue(
      { pool, changes: diary.changes, dues: [appointment], isOpen: async () => false, observer },
      stop.signal,
      50,
    );
    await eventually("it was told that the database is away", async () => interruptions.length > 0);
    away = false;
    await eventually("it was asked for", async () => (await diary.came()).length === 1);
    await pause(200);
    stop.abort();
    await running;
    expect(await diary.came()).toHaveLength(1);
    expect(interruptions[0]).toBe("due dates");
  }));
