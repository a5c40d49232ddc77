import { cells as cellsOfTopics } from "./expected.js";

// Who sees what, written down once more, apart from the policy: row by row after the matrix of the field's practice (section 3.5 of the domain
// reference), with what people keep beside it. R reads, W writes (and reads), `own` in one's own shelter only, `granted` by a grant that stands. What is not here is nobody's.
// What a topic keeps in an area of its own, it says beside itself. Left out, as in the policy: what a role may see only by a referral's grant or a consent that cannot be checked yet, or as a summary.

const rows = `
shelter-case-manager    demographic W, identity W, contact W, location R own, narrative W, legal W, perpetrator W, safety W
shelter-case-manager    case W, screening W, consent W, closure R, capacity R, stay W own, history R own
shelter-manager         demographic R, identity R, contact R, location W own, narrative R, safety R
shelter-manager         case R, consent R, closure R, capacity W own, stay W own
nurse                   demographic R, identity R, location R own, health W, safety R, case R, consent R
psychologist            demographic R, identity R, location R own, psychosocial W, safety R, case R, consent R
lawyer                  demographic R, legal W, case R, consent R
social-welfare-officer  demographic R, identity R, contact R, legal R
social-welfare-officer  case W, screening W, consent W, closure R, capacity R
return-officer          demographic R, case R, consent R
supervisor              demographic R, narrative R, legal R, safety R
supervisor              case R, screening W, consent R, closure W, capacity R, stay R, workload R, history R
monitoring-officer      capacity R
auditor                 demographic R granted, narrative R granted
auditor                 case R, consent R, capacity R, history R, access R
data-protection-officer consent R, history R, access R
platform-administrator  projections W, imports W
importer                imported W
`;

const purposesOfRoles = `
shelter-case-manager    FirstContact Identification ConsentKeeping CaseManagement Accommodation Safeguarding Administration
shelter-manager         Accommodation ShelterManagement Safeguarding Administration
nurse                   ConsentKeeping CaseManagement Accommodation Safeguarding Administration
psychologist            ConsentKeeping CaseManagement Accommodation Safeguarding Administration
lawyer                  CaseManagement Safeguarding Administration
social-welfare-officer  FirstContact Identification ConsentKeeping CaseManagement Accommodation Safeguarding ShelterManagement Administration
return-officer          CaseManagement Safeguarding Administration
supervisor              Identification ConsentKeeping CaseManagement Accommodation Safeguarding Oversight Administration
monitoring-officer      Oversight Administration
auditor                 Oversight Administration
data-protection-officer Safeguarding Oversight Administration
platform-administrator  HistoryImport Operations Administration
importer                HistoryImport
`;

/** Role -> what she acts for. */
export const actsFor: ReadonlyMap<string, readonly string[]> = new Map(
  purposesOfRoles
    .trim()
    .split("\n")
    .map((row) => row.split(/\s+/))
    .map(([role, ...purposes]) => [role!, purposes]),
);

export interface Cells {
  readonly reads: string[];
  readonly writes: string[];
  readonly readsOwn: string[];
  readonly writesOwn: string[];
  /** What a grant that stands opens. */
  readonly readsGranted: string[];
}

/** Role -> the areas that it opens. */
export const matrix: ReadonlyMap<string, Cells> = (() => {
  const all = new Map<string, Cells>();
  for (const row of rows.trim().split("\n")) {
    const [, role, entries] = /^(\S+)\s+(.*)$/.exec(row)!;
    const cells = all.get(role!) ?? { reads: [], writes: [], readsOwn: [], writesOwn: [], readsGranted: [] };
    all.set(role!, cells);
    for (const entry of entries!.split(", ")) {
      const [area, letter, where] = entry.split(" ") as [string, "R" | "W", "own" | "granted" | undefined];
      if (where === "granted") {
        cells.readsGranted.push(area);
        continue;
      }
      const [reads, writes] = where === "own" ? [cells.readsOwn, cells.writesOwn] : [cells.reads, cells.writes];
      reads.push(area);
      if (letter === "W") writes.push(area);
    }
  }
  for (const [area, roles] of Object.entries(cellsOfTopics))
    for (const [role, letter] of Object.entries(roles)) {
      const { reads, writes } = all.get(role)!;
      reads.push(area);
      if (letter === "W") writes.push(area);
    }
  return all;
})();
