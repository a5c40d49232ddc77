import fc from "fast-check";
import { Continuity, FactMissing, FactOutOfOrder, inOrder } from "./continuity.js";
import type { StoredFact } from "./stored.js";

const fact = (stream: string, revision: number, commit: number) =>
  ({ stream, revision: BigInt(revision), position: { commit: BigInt(commit), prepare: BigInt(commit) } }) as StoredFact;

describe("facts that are read", () => {
  test("may begin anywhere in a stream, and come again", () => {
    const continuity = new Continuity();
    continuity.check([fact("case-1", 3, 10), fact("case-2", 0, 20), fact("case-1", 4, 30)]);
    continuity.check([fact("case-1", 3, 10), fact("case-2", 0, 20), fact("case-1", 4, 30), fact("case-1", 5, 40)]);
  });

  test("leave nothing out of a stream", () => {
    const continuity = new Continuity();
    continuity.check([fact("case-1", 0, 10)]);
    expect(() => continuity.check([fact("case-2", 0, 20), fact("case-1", 2, 30)])).toThrow(FactMissing);
  });

  test("do not come after what stands behind them in the log", () => {
    const continuity = new Continuity();
    continuity.check([fact("case-1", 0, 10), fact("case-2", 0, 30)]);
    expect(() => continuity.check([fact("case-1", 1, 20)])).toThrow(FactOutOfOrder);
  });
});

test("facts of one delivery are put into the order of the log", () => {
  const commits = fc.uniqueArray(fc.nat(1_000), { maxLength: 20 });
  fc.assert(
    fc.property(commits, (given) => {
      const ordered = inOrder(given.map((commit) => fact("case-1", commit, commit))).map(({ position }) => Number(position.commit));
      expect(ordered).toEqual([...given].toSorted((one, other) => one - other));
    }),
  );
});
