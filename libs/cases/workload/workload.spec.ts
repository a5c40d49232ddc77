import "reflect-metadata";
import { concerns, foldFacts, type Kept } from "#projection/run/fold.js";
import type { View } from "#projection/declare/view.js";
import type { StoredFact } from "#store/stored.js";
import { cases } from "../cases.js";
import { workloadView } from "./workload.view.js";

const [amina, imani] = ["6f1d0000-0000-4000-8000-00000000000a", "6f1d0000-0000-4000-8000-00000000000b"];
let commit = 0n;

/** What a worker has recorded of a case, so many hours after it happened. */
function recorded(type: string, by: string, hoursLater = 0): StoredFact {
  commit += 10n;
  const at = "2026-01-10T08:00:00.000Z";
  const recordedAt = new Date(Date.parse(at) + hoursLater * 3_600_000).toISOString();
  const metadata = { schema: cases.versions[type], at, by: { id: by, role: "shelter-case-manager" } };
  const place = { stream: `case-${commit}`, revision: 0n, position: { commit, prepare: commit }, id: `fact-${commit}` };
  return { ...place, type, data: {}, metadata, recordedAt } as unknown as StoredFact;
}

const rowsOf = (...facts: StoredFact[]) => {
  const view = workloadView as unknown as View;
  const { changed, poison } = foldFacts(
    view,
    facts.filter((fact) => concerns(view, fact)),
    new Map<string, Kept>(),
  );
  expect(poison).toBeNull();
  return Object.fromEntries([...changed].map(([id, { row }]) => [id, row]));
};

test("what a worker has recorded is counted over all her cases, and apart from what others have", () => {
  const rows = rowsOf(
    recorded("CaseOpened", amina),
    recorded("CaseOpened", imani),
    recorded("CaseOpened", amina),
    recorded("ConsentGiven", amina),
    recorded("ConsentWithdrawn", amina),
    recorded("ScreeningCompleted", amina),
    recorded("CaseClosureRequested", imani),
  );
  expect(rows[amina]).toMatchObject({ casesOpened: 2, consentsRecorded: 2, screeningsCompleted: 1, closuresRequested: 0, recordedLate: 0 });
  expect(rows[imani]).toMatchObject({ casesOpened: 1, closuresRequested: 1 });
});

test("what is written down more than a day after it happened counts as late", () => {
  const rows = rowsOf(recorded("CaseOpened", amina, 24), recorded("CaseOpened", amina, 25));
  expect(rows[amina]).toMatchObject({ casesOpened: 2, recordedLate: 1, lastRecordedAt: "2026-01-11T09:00:00.000Z" });
});

test("who did nothing that is counted has no row", () => {
  expect(rowsOf(recorded("IdentityRecorded", amina), recorded("PlacedInShelter", imani))).toEqual({});
});
