import { aggregate, slice } from "#kernel/kernel.js";
import { related, unrelated, whoever, type Owner } from "./decide.js";
import { protect, seesOf } from "./record.js";

const here = "5b1d3c1e-0000-4000-8000-000000000001";
const elsewhere = "5b1d3c1e-0000-4000-8000-000000000002";
const nurse = { id: "p-1", role: "nurse", shelter: here };

test("of a shelter's record its own staff see what their cell opens there, and others do not", () => {
  expect(seesOf(nurse, { shelter: here }, unrelated)("location")).toBe(true);
  expect(seesOf(nurse, { shelter: elsewhere }, unrelated)("location")).toBe(false);
  expect(seesOf(nurse, { shelter: here }, unrelated)("capacity")).toBe(false);
});

test("a value that names a house is for that house, whatever record it stands in", () => {
  expect(seesOf(nurse, { shelter: elsewhere }, unrelated)("location", { shelter: here })).toBe(true);
  expect(seesOf(nurse, { shelter: here }, unrelated)("location", { shelter: elsewhere })).toBe(false);
  expect(seesOf(nurse, { shelter: here }, unrelated)("location", { shelter: undefined })).toBe(false);
});

test("what is open to whoever's cell says so is nobody's own: a cell for one's own shelter opens no field of it", () => {
  expect(seesOf(nurse, whoever, unrelated)("location")).toBe(false);
  expect(seesOf(nurse, whoever, unrelated)("location", { shelter: here })).toBe(true);
  expect(seesOf(nurse, whoever, unrelated)("identity")).toBe(true);
});

test("what is about a person is for those who stand in a relation to it, as far as the relation opens it", () => {
  const staff = { stands: [{ relation: "team", closed: [] }], barred: false };
  expect(seesOf(nurse, related, unrelated)("identity")).toBe(false);
  expect(seesOf(nurse, related, staff)("identity")).toBe(true);
  expect(seesOf(nurse, related, { stands: [{ relation: "team", closed: ["identity"] }], barred: false })("identity")).toBe(false);
  expect(seesOf(nurse, related, staff)("location")).toBe(false);
  expect(seesOf(nurse, related, staff)("location", { shelter: here })).toBe(true);
});

test("a wall closes everything, whatever else is so", () => {
  const barred = { stands: [{ relation: "team", closed: [] }], barred: true };
  expect(seesOf(nurse, related, barred)("identity")).toBe(false);
  expect(seesOf(nurse, whoever, barred)("identity")).toBe(false);
  expect(seesOf(nurse, { shelter: here }, barred)("location")).toBe(false);
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
