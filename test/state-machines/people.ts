import type { Machine } from "./machine.js";
import { lookingIn, ofAWoman, warrant } from "./steps.js";
import { idOf, inDays, nothing, type Told } from "./told.js";

// Who works with a case, who is kept out of it, who looks into it in an emergency, and who reads it by a warrant (domain reference, 6, 1, 8, 10 and 25).

const khadija = idOf("khadija");
const assigned = (told: Told) => told.did("assign-worker", { worker: khadija, role: "Medical" });
const walledOff = (told: Told) => told.did("raise-wall", { barred: khadija, kind: "Person", reason: "KnowsThePerson" });
const wallIn = ({ walls }: any): string => walls[0]?.wall ?? nothing;

export const team: Machine = {
  of: "a colleague",
  reader: "imani",
  begin: ofAWoman,
  seen: ({ team: members, walls }) => {
    if (walls.length > 0) return "Barred";
    if (!(khadija in members)) return "NotInTheTeam";
    return members[khadija] === null ? "Left" : "InTheTeam";
  },
  states: {
    NotInTheTeam: async () => {},
    InTheTeam: assigned,
    Left: async (told) => {
      await assigned(told);
      await told.did("remove-worker", { worker: khadija, reason: "TaskDone" });
    },
    Barred: walledOff,
  },
  changes: {
    "assign-worker": { body: { worker: khadija, role: "Medical" } },
    "assign-worker until yesterday": { body: () => ({ worker: khadija, role: "Medical", until: inDays(-1) }) },
    "hand-over-case": { body: { to: khadija }, alone: true },
    "hand-over-case to oneself": { body: { to: idOf("amina") } },
    "remove-worker": { body: { worker: khadija, reason: "TaskDone" } },
    "remove-worker who opened the case": { alone: true, by: "imani", body: { worker: idOf("amina"), reason: "Moved" } },
    "raise-wall": { body: { barred: khadija, kind: "Person", reason: "KnowsThePerson" } },
    "raise-wall against the own organisation": {
      body: { barred: "4c5a1f60-0000-4000-8000-0000000000ff", kind: "Organisation", reason: "Other" },
    },
    "lower-wall": { by: "imani", body: (state) => ({ wall: wallIn(state), reason: "ReasonGone" }) },
    "lower-wall without a supervisor": { body: (state) => ({ wall: wallIn(state), reason: "ReasonGone" }) },
  },
  table: `
             | assign-worker  | assign-worker until yesterday | hand-over-case | hand-over-case to oneself | remove-worker | remove-worker who opened the case
NotInTheTeam | InTheTeam      | AssignmentAlreadyOver         | InTheTeam      | HandedOverToOneself       | already       | LastOfTheTeam
InTheTeam    | already        | AssignmentAlreadyOver         | done           | HandedOverToOneself       | Left          | done
Left         | InTheTeam      | AssignmentAlreadyOver         | InTheTeam      | HandedOverToOneself       | already       | LastOfTheTeam
Barred       | WorkerIsBarred | AssignmentAlreadyOver         | WorkerIsBarred | HandedOverToOneself       | already       | LastOfTheTeam

             | raise-wall | raise-wall against the own organisation | lower-wall   | lower-wall without a supervisor
NotInTheTeam | Barred     | OwnOrganisation                         | already      | WallNeedsSupervisor
InTheTeam    | Barred     | OwnOrganisation                         | already      | WallNeedsSupervisor
Left         | Barred     | OwnOrganisation                         | already      | WallNeedsSupervisor
Barred       | already    | OwnOrganisation                         | NotInTheTeam | WallNeedsSupervisor
`,
};

const accessIn = ({ breakGlass }: any): string => breakGlass.accesses[0]?.access ?? nothing;
const review = (finding: string) => ({ by: "imani", body: (state: any) => ({ access: accessIn(state), finding }) });
const invoke = (told: Told) => told.did("invoke-break-glass", lookingIn, "khadija");
const reviewed = (finding: string) => async (told: Told) => {
  await invoke(told);
  await told.did("review-break-glass", { access: accessIn(await told.state()), finding }, "imani");
};

/** Invoked -> Reviewed, as justified or as misuse (domain reference, 3.4). The hours in which it expires do not pass in a test. */
export const breakGlass: Machine = {
  of: "an emergency access",
  reader: "imani",
  begin: ofAWoman,
  seen: ({ breakGlass: { closed, accesses } }) => {
    if (closed) return "ClosedToIt";
    return accesses.length === 0 ? "NotInvoked" : (accesses.at(-1).finding ?? "Invoked");
  },
  states: {
    NotInvoked: async () => {},
    Invoked: invoke,
    Justified: reviewed("Justified"),
    Misuse: reviewed("Misuse"),
    ClosedToIt: (told) => told.did("close-to-break-glass", { reason: "StaffConflict" }, "imani"),
  },
  changes: {
    "invoke-break-glass": { by: "khadija", body: lookingIn },
    "invoke-break-glass with nobody else told": { by: "khadija", body: { ...lookingIn, informed: khadija } },
    "review-break-glass justified": review("Justified"),
    "review-break-glass misuse": review("Misuse"),
    "close-to-break-glass": { by: "imani", body: { reason: "StaffConflict" } },
    "open-to-break-glass": { by: "imani" },
  },
  table: `
           | invoke-break-glass | invoke-break-glass with nobody else told | review-break-glass justified | review-break-glass misuse | close-to-break-glass | open-to-break-glass
NotInvoked | Invoked            | SecondPersonMissing                      | AccessUnknown                | AccessUnknown             | ClosedToIt           | already
Invoked    | already            | SecondPersonMissing                      | Justified                    | Misuse                    | ClosedToIt           | already
Justified  | already            | SecondPersonMissing                      | already                      | AlreadyReviewed           | ClosedToIt           | already
Misuse     | Invoked            | SecondPersonMissing                      | AlreadyReviewed              | already                   | ClosedToIt           | already
ClosedToIt | 404 NotFound       | 404 NotFound                             | AccessUnknown                | AccessUnknown             | already              | NotInvoked
`,
};

const warrantIn = ({ warrants: all }: any): string => all[0]?.warrant ?? nothing;
const issued = (told: Told) => told.did("issue-warrant", warrant(), "salim");

export const warrants: Machine = {
  of: "a warrant",
  reader: "salim",
  begin: ofAWoman,
  seen: ({ warrants: all }) => {
    const last = all.at(-1);
    return !last ? "None" : Date.parse(last.until) > Date.now() ? "Issued" : "Revoked";
  },
  states: {
    None: async () => {},
    Issued: issued,
    Revoked: async (told) => {
      await issued(told);
      await told.did("revoke-warrant", { warrant: warrantIn(await told.state()) }, "salim");
    },
  },
  changes: {
    "issue-warrant": { by: "salim", body: warrant({ days: 6 }) },
    "issue-warrant for longer": { by: "salim", body: warrant({ days: 20 }), alone: true },
    "issue-warrant to oneself": { by: "salim", body: warrant({ holder: idOf("salim") }) },
    "revoke-warrant": { by: "salim", body: (state) => ({ warrant: warrantIn(state) }) },
  },
  table: `
        | issue-warrant | issue-warrant for longer | issue-warrant to oneself | revoke-warrant
None    | Issued        | Issued                   | OwnWarrant               | WarrantUnknown
Issued  | already       | done                     | OwnWarrant               | Revoked
Revoked | Issued        | Issued                   | OwnWarrant               | already
`,
};
