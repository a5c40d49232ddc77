import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["assignWorker", "handOverCase", "removeWorker"], right("write", "team", "a case")),
    ...eachOf(["raiseWall", "lowerWall"], right("write", "wall", "a case")),
    teamMembers: right("read", "team", "all"),
    caseloads: right("read", "workload", "all"),
    caseTeamMembers: right("read", "team", "a case"),
  },
  personal: { handOverCase: { note: "narrative" } },
  answers: {
    CaseHandovers: { ...eachOf(["id", "stale", "skipped"], "open"), notes: "narrative" },
    Caseload: eachOf(["worker", "openCases", "asLead"], "open"),
    TeamMember: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "worker", "role", "since", "until", "leftAt", "reason"], "team"),
    },
  },
  states: { case: { team: "team", walls: "wall" } },
  facts: {
    ...eachOf(["WorkerAssigned", "WorkerLeft"], "team"),
    ...eachOf(["WallRaised", "WallLowered"], "wall"),
  },
  cells: {
    team: {
      ...eachOf(["shelter-case-manager", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(
        ["shelter-manager", "nurse", "psychologist", "lawyer", "return-officer", "auditor", "data-protection-officer"],
        "R" as const,
      ),
    },
    wall: {
      ...eachOf(["shelter-case-manager", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(["auditor", "data-protection-officer"], "R" as const),
    },
  },
  told: { WorkerAssigned: { note: "Invented note" } },
  story: async ({ resident, newcomer, done, state }) => {
    const [first, second, stranger] = ["f1", "f2", "f3"].map((end) => `4c5a1f60-0000-4000-8000-0000000000${end}`);
    for (const record of [resident, newcomer]) {
      const say = (verb: string, body: object, role = "shelter-case-manager") => done(role, `/v1/cases/${record}/${verb}`, body);
      await say("assign-worker", { worker: first, role: "Medical" });
      await say("assign-worker", { worker: stranger, role: "Interpreter", until: new Date(Date.now() + 3_600_000).toISOString() });
      await say("hand-over-case", { from: first, to: second, note: "Invented note" });
      await say("remove-worker", { worker: second, reason: "TaskDone" });
      await say("raise-wall", { barred: stranger, kind: "Person", reason: "KnowsThePerson" });
      const { walls } = (await state(`/v1/cases/${record}`)) as { walls: { wall: string; barred: string }[] };
      await say("lower-wall", { wall: walls.find(({ barred }) => barred === stranger)!.wall, reason: "RaisedInError" }, "supervisor");
    }
  },
};
