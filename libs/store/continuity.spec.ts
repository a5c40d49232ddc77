import fc from "fast-check";
import { Continuity, FactMissing, FactOutOfOrder, inOrder } from "./continuity.js";
import { lostRevisions, tombstone, whyUnreadable } from "./foreign.js";
import type { Foreign, StoredFact } from "./stored.js";

const fact = (stream: string, revision: number, commit: number) =>
  ({ stream, revision: BigInt(revision), position: { commit: BigInt(commit), prepare: BigInt(commit) } }) as StoredFact;
const gone = () => Promise.resolve(true);

describe("events that are read", () => {
  test("may begin anywhere in a stream, and come again", async () => {
    const continuity = new Continuity();
    const events = [fact("case-1", 3, 10), fact("case-2", 0, 20), fact("case-1", 4, 30)];
    expect(await continuity.check(events)).toEqual(events);
    expect(await continuity.check([...events, fact("case-1", 5, 40)])).toHaveLength(4);
  });

  test("leave nothing out of a stream", async () => {
    const continuity = new Continuity();
    await continuity.check([fact("case-1", 0, 10)]);
    await expect(continuity.check([fact("case-2", 0, 20), fact("case-1", 2, 30)])).rejects.toThrow(FactMissing);
  });

  test("do not come after what stands behind them in the log", async () => {
    const continuity = new Continuity();
    await continuity.check([fact("case-1", 0, 10), fact("case-2", 0, 30)]);
    await expect(continuity.check([fact("case-1", 1, 20)])).rejects.toThrow(FactOutOfOrder);
  });

  test("of a stream that has lost some are told with the loss before them, once", async () => {
    const continuity = new Continuity(gone);
    await continuity.check([fact("case-1", 0, 10)]);
    const told = await continuity.check([fact("case-1", 4, 30)]);
    expect(told).toMatchObject([{ type: lostRevisions, stream: "case-1", revision: 1n, position: { commit: 30n } }, { revision: 4n }]);
    expect(whyUnreadable(told[0] as Foreign)).toMatchObject({ code: "RecordDestroyed", how: "truncated" });
    expect(await continuity.check([fact("case-1", 5, 40)])).toHaveLength(1);
  });

  test("that were taken before the reading began may come again, in any order", async () => {
    const continuity = new Continuity(undefined, { commit: 30n, prepare: 30n });
    const events = [fact("case-1", 0, 10), fact("case-2", 0, 40), fact("case-1", 2, 30), fact("case-1", 1, 20), fact("case-1", 3, 50)];
    expect(await Promise.all(events.map((each) => continuity.check([each])))).toEqual(events.map((each) => [each]));
    await expect(continuity.check([fact("case-1", 5, 60)])).rejects.toThrow(FactMissing);
  });

  test("begin with the first of each stream, where the log is read from its start", async () => {
    await expect(new Continuity(undefined, null).check([fact("case-1", 2, 10)])).rejects.toThrow(FactMissing);
    expect(await new Continuity(gone, null).check([fact("case-1", 2, 10)])).toMatchObject([{ revision: 0n }, { revision: 2n }]);
  });

  test("may be a tombstone, which stands at the last revision there can be", async () => {
    const continuity = new Continuity(gone);
    const end = { ...fact("case-1", 0, 20), type: tombstone, revision: 2n ** 63n - 1n } as Foreign;
    expect(await continuity.check([fact("case-1", 0, 10), end])).toHaveLength(2);
    expect(whyUnreadable(end)).toMatchObject({ code: "RecordDestroyed", how: "tombstoned" });
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
