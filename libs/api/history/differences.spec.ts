import fc from "fast-check";
import { differences } from "./differences.js";

test("what is the same is no difference", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(differences(value, structuredClone(value))).toEqual({})));
});

test.each([
  [{ team: { amina: "CaseLead" } }, { team: { amina: "CaseLead", musa: "Legal" } }, { "team.musa": { after: "Legal" } }],
  [
    { stays: [{ bed: "W-1" }] },
    { stays: [{ bed: "W-2" }, { bed: "W-3" }] },
    { "stays.0.bed": { before: "W-1", after: "W-2" }, "stays.1": { after: { bed: "W-3" } } },
  ],
  [
    { placement: { current: null } },
    { placement: { current: { bed: "W-1" } } },
    { "placement.current": { before: null, after: { bed: "W-1" } } },
  ],
  [{ walls: ["x", "y"] }, { walls: ["x"] }, { "walls.1": { before: "y" } }],
  [1, 2, { "": { before: 1, after: 2 } }],
])("from %j to %j", (before, after, expected) => expect(differences(before, after)).toEqual(expected));

test("whatever differs somewhere is told, and every place that is told differs", () => {
  const state = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue({ maxDepth: 3 }));
  const at = (value: unknown, path: string): unknown =>
    path.split(".").reduce<any>((within, name) => (within === undefined || within === null ? undefined : within[name]), value);
  fc.assert(
    fc.property(state, state, (before, after) => {
      const told = differences(before, after);
      expect(Object.keys(told).length === 0).toBe(JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)));
      for (const [path, difference] of Object.entries(told)) {
        if (/[^a-z0-9.]/.test(path)) continue;
        if ("after" in difference) expect(at(after, path)).toEqual(difference.after);
      }
    }),
  );
});

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .toSorted()
            .map((name) => [name, sorted((value as Record<string, unknown>)[name])]),
        )
      : value;
