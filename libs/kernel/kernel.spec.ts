import { fold, exampleContext } from "./given.js";
import { aggregate, decide, knows, nothingChanged, Refusal, require, requireNotBefore, slice, UnknownFact } from "./kernel.js";

type NoteFact = { type: "NoteAdded"; data: { words: number } } | { type: "NotesCleared"; data: object };
const notes = slice<NoteFact>()(
  0,
  { NoteAdded: (sum, { words }) => sum + words, NotesCleared: () => 0 },
  { NoteAdded: [({ text }: { text: string }) => ({ length: text.length }), ({ length }: { length: number }) => ({ words: length })] },
);
const diary = aggregate("diary", { notes });
const at = "2026-01-01T00:00:00.000Z";

test("a state is the fold of what happened", () =>
  expect(
    fold(
      diary,
      [1, 2].map((words) => ({ fact: { type: "NoteAdded", data: { words } } as const, at })),
    ),
  ).toEqual({ notes: 3 }));
test("a fact that two topics fold is refused when the aggregate is put together", () =>
  expect(() => aggregate("diary", { notes, again: notes })).toThrow("two topics fold NoteAdded"));
test("a fact that nobody folds stops the fold", () =>
  expect(() => diary.apply(diary.initial, { type: "Unheard" } as never, { at, by: { id: "amina", role: "nurse" } })).toThrow(
    expect.objectContaining({ code: "UnknownFact", message: "diary: no topic folds Unheard" }),
  ));
test("a version is one more than its upcasts", () => expect(diary.versions).toEqual({ NoteAdded: 3, NotesCleared: 1 }));
test("data of every older version reaches today's form", () => {
  expect(diary.upcast("NoteAdded", 1, { text: "four" })).toEqual({ words: 4 });
  expect(diary.upcast("NoteAdded", 2, { length: 5 })).toEqual({ words: 5 });
  expect(diary.upcast("NoteAdded", 3, { words: 6 })).toEqual({ words: 6 });
});
test("a version from the future is refused, not guessed", () => {
  expect(() => diary.upcast("NoteAdded", 4, {})).toThrow("NoteAdded has no version 4");
  expect(() => diary.upcast("NotesCleared", 0, {})).toThrow("NotesCleared has no version 0");
});

test("a condition that holds refuses nothing", () => expect(require(1, "NoteMissing")).toBeUndefined());
test("a condition that does not hold is refused by its code, with what may be told of it", () => {
  const refusal = () => require(undefined, "NoteMissing", { since: "2026-01-01" });
  expect(refusal).toThrow(Refusal);
  expect(refusal).toThrow(expect.objectContaining({ code: "NoteMissing", message: "NoteMissing", detail: { since: "2026-01-01" } }));
  expect(() => require(false, "NoteMissing")).toThrow(expect.objectContaining({ detail: {} }));
});

describe("what is said to have happened", () => {
  const [before, then, after] = ["2025-12-31T23:59:59.999Z", at, "2026-01-02T00:00:00.000Z"];

  test("is not before what it builds on, of which the latest counts", () => {
    expect(requireNotBefore(then)).toBeUndefined();
    expect(requireNotBefore(then, null)).toBeUndefined();
    expect(requireNotBefore(then, then, before, null)).toBeUndefined();
    for (const beginnings of [
      [before, after],
      [after, before],
      [null, after],
      [after, null],
    ])
      expect(() => requireNotBefore(then, ...beginnings)).toThrow(
        expect.objectContaining({ code: "BeforeItsBeginning", detail: { notBefore: after } }),
      );
  });
  test("did not happen to a record before the record began, whatever the rule says", () => {
    const begun = aggregate("diary", { notes }, () => then);
    const add = () => [{ type: "NoteAdded" as const, data: { words: 1 } }];
    const told = (moment: string) => decide(begun, add, begun.initial, {}, exampleContext({ at: moment }));
    expect(told(then)).toEqual(add());
    expect(() => told(before)).toThrow(expect.objectContaining({ code: "BeforeItsBeginning" }));
    expect(diary.begunAt(diary.initial)).toBeNull();
    expect(decide(diary, add, diary.initial, {}, exampleContext({ at: before }))).toEqual(add());
  });
});

test("every aggregate knows the fact that changes nothing, in its first version", () => {
  const of = aggregate("example", { counted: slice<{ type: "Counted"; data: object }>()(0, { Counted: (count) => count + 1 }) });
  const state = fold(of, [{ fact: { type: "Counted", data: {} }, at: "" }]);
  expect(of.apply(state, nothingChanged as never, { at: "", by: { id: "amina", role: "nurse" } })).toBe(state);
  expect(of.upcast("NothingChanged", 1, {})).toEqual({});
  expect(() => of.upcast("NothingChanged", 2, {})).toThrow(UnknownFact);
  expect(["Counted", "NothingChanged", "constructor"].map((type) => knows(of, type))).toEqual([true, true, false]);
});
