import { aggregate, slice } from "#kernel/kernel.js";
import { whoever, type Owner } from "./decide.js";
import { protect, seesOf } from "./record.js";

const here = "5b1d3c1e-0000-4000-8000-000000000001";
const elsewhere = "5b1d3c1e-0000-4000-8000-000000000002";
const nurse = { id: "p-1", role: "nurse", shelter: here };

test("of a shelter's record its own staff see what their cell opens there, and others do not", () => {
  expect(seesOf(nurse, { shelter: here })("location")).toBe(true);
  expect(seesOf(nurse, { shelter: elsewhere })("location")).toBe(false);
  expect(seesOf(nurse, { shelter: here })("capacity")).toBe(false);
});

test("a value that names a house is for that house, whatever record it stands in", () => {
  expect(seesOf(nurse, { shelter: elsewhere })("location", { shelter: here })).toBe(true);
  expect(seesOf(nurse, { shelter: here })("location", { shelter: elsewhere })).toBe(false);
  expect(seesOf(nurse, { shelter: here })("location", { shelter: undefined })).toBe(false);
});

test("what is open to whoever's cell says so is nobody's own: a cell for one's own shelter opens no field of it", () => {
  expect(seesOf(nurse, whoever)("location")).toBe(false);
  expect(seesOf(nurse, whoever)("location", { shelter: here })).toBe(true);
  expect(seesOf(nurse, whoever)("identity")).toBe(true);
});

test("a record is declared with its aggregate, and keeps what was declared", () => {
  type Told = { type: "Told"; data: { word: string } };
  const stories = aggregate("story", { words: slice<Told>()<string>("", { Told: (_, { word }) => word }) });
  const declared = { belongsTo: (): Owner => whoever, subject: () => "s-1", state: "case", facts: { Told: "case" } } as const;
  const { derived, ...kept } = protect(stories, declared);
  expect(kept).toEqual({ of: stories, ...declared });
  expect(derived({ words: "once" })).toEqual({});
  const length = ({ words }: { words: string }) => ({ length: words.length });
  expect(protect(stories, { ...declared, state: { words: "case", length: "case" } }, length).derived({ words: "once" })).toEqual({
    length: 4,
  });
});
