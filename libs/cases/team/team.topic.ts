import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { teamArea, wallArea } from "./areas.js";
import { caseloads } from "./caseloads.api.js";
import { caseHandoversView } from "./handovers.view.js";
import { teamVocabularies } from "./labels.js";
import { AssignWorker, assignWorker, HandOverCase, handOverCase, RemoveWorker, removeWorker, team } from "./team.js";
import { inTheTeam, ofTheDistrict, ofTheOrganisation, walledOff } from "./team.relation.js";
import { teamView } from "./team.view.js";
import { LowerWall, lowerWall, RaiseWall, raiseWall, walls } from "./walls.js";

/** Who works for a case. To be in its team is to stand in a relation to it: it opens the case, and leaving closes it at once. */
export const teamTopic = topic(cases, team, {
  state: teamArea,
  facts: { WorkerAssigned: teamArea, WorkerLeft: teamArea },
  changes: {
    CaseManagement: [
      change(assignWorker, AssignWorker, may("write", teamArea)),
      change(handOverCase, HandOverCase, may("write", teamArea)),
      change(removeWorker, RemoveWorker, may("write", teamArea)),
    ],
  },
  views: [teamView],
  sections: { handovers: caseHandoversView },
  lists: [
    list(teamView, {
      name: "teamMembers",
      permission: may("read", teamArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "worker"],
      sorts: ["-since", "since"],
      below: { caseId: () => [caseView] },
    }),
  ],
  reads: () => [caseloads],
  relations: [inTheTeam, ofTheOrganisation, ofTheDistrict],
  vocabularies: teamVocabularies,
});

/** Who is kept out of a case because of a conflict of interest. */
export const wallTopic = topic(cases, walls, {
  state: wallArea,
  facts: { WallRaised: wallArea, WallLowered: wallArea },
  changes: {
    CaseManagement: [change(raiseWall, RaiseWall, may("write", wallArea)), change(lowerWall, LowerWall, may("write", wallArea))],
  },
  relations: [walledOff],
});
