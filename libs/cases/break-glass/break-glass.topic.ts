import { may, whoever } from "#access/decide.js";
import { change, opening } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { require } from "#kernel/kernel.js";
import { topic, topicsOf } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { emergencyArea, emergencyReviewArea } from "./areas.js";
import {
  breakGlass,
  CloseToBreakGlass,
  closeToBreakGlass,
  InvokeBreakGlass,
  invokeBreakGlass,
  OpenToBreakGlass,
  openToBreakGlass,
  ReviewBreakGlass,
  reviewBreakGlass,
} from "./break-glass.js";
import { byBreakGlass } from "./break-glass.relation.js";
import { emergencyAccessView } from "./break-glass.view.js";
import { caseEmergenciesView } from "./explanations.view.js";
import { breakGlassVocabularies } from "./labels.js";
import { breakGlassReview, rightOf, suspendUnreviewed } from "./review.policy.js";
import { emergencyRights, unreviewed } from "./rights.js";

/** Whoever may invoke it stands to no case; a case that is closed to it is to her as if there were none. */
const invoking = opening(change(invokeBreakGlass, InvokeBreakGlass, may("write", emergencyArea)), {
  isOpen: ({ breakGlass: { closed } }: typeof cases.initial) => !closed,
  refuses: ["EmergencyRightSuspended"],
  gate: async ({ actor, services }) => {
    const { state } = await services.changes.states.fresh(emergencyRights, rightOf(actor.id));
    require(state.unreviewed.length === 0, "EmergencyRightSuspended");
  },
});

export const breakGlassTopic = topic(cases, breakGlass, {
  state: emergencyReviewArea,
  facts: {
    BreakGlassInvoked: emergencyReviewArea,
    BreakGlassReviewed: emergencyReviewArea,
    BreakGlassReviewOverdue: emergencyReviewArea,
    CaseClosedToBreakGlass: emergencyReviewArea,
    CaseOpenedToBreakGlass: emergencyReviewArea,
  },
  changes: {
    Safeguarding: [
      invoking,
      change(reviewBreakGlass, ReviewBreakGlass, may("write", emergencyReviewArea)),
      change(closeToBreakGlass, CloseToBreakGlass, may("write", emergencyReviewArea)),
      change(openToBreakGlass, OpenToBreakGlass, may("write", emergencyReviewArea)),
    ],
  },
  views: [emergencyAccessView],
  sections: { emergencies: caseEmergenciesView },
  lists: [
    list(emergencyAccessView, {
      name: "emergencyAccesses",
      permission: may("read", emergencyReviewArea, "Safeguarding", "Oversight"),
      filters: ["caseId", "by"],
      sorts: ["-invokedAt", "invokedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  relations: [byBreakGlass],
  due: [breakGlassReview],
  policies: [suspendUnreviewed],
  vocabularies: breakGlassVocabularies,
});

/** Whether somebody may invoke it at all: what becomes of it follows from reviews alone. */
export const emergencyRightTopics = topicsOf(
  emergencyRights,
  {
    unreviewed: topic(emergencyRights, unreviewed, {
      state: emergencyReviewArea,
      facts: { EmergencyRightSuspended: emergencyReviewArea, EmergencyRightRestored: emergencyReviewArea },
    }),
  },
  { belongsTo: () => whoever, subject: () => "" },
);
