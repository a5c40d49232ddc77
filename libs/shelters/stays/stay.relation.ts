import { ended, held, relation } from "#projection/declare/relation.js";
import { shelters } from "../shelters.js";
import { stayAt } from "./stays.js";

/** The staff of the house in which she stays now, as that house itself tells it. */
export const whereSheStays = relation(shelters)("shelter", {
  to: "case",
  roles: ["shelter-case-manager", "shelter-manager", "nurse", "psychologist"],
  streamOf: ({ actor }) => actor.shelter,
  as: ({ shelter }) => [shelter],
  holds: ({ stays }, { record, now }) => stayAt(stays, record, now) !== undefined,
  told: {
    ResidentAdmitted: ({ streamId, data: { caseId, stay } }) => held(streamId, { record: caseId, key: stay }),
    ResidentDischarged: ({ streamId, data: { caseId, stay } }) => ended(streamId, { record: caseId, key: stay }),
  },
});
