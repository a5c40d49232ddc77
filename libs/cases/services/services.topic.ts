import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { serviceArea } from "./areas.js";
import {
  DeliverService,
  deliverService,
  MissService,
  missService,
  RecordServiceOutcome,
  recordServiceOutcome,
  RecordServiceSatisfaction,
  recordServiceSatisfaction,
} from "./delivering.js";
import { serviceVocabularies } from "./labels.js";
import {
  DeclineService,
  declineService,
  RequestService,
  requestService,
  RequestUrgentCare,
  requestUrgentCare,
  ScheduleService,
  scheduleService,
} from "./requesting.js";
import { caseServiceRecordsView } from "./records.view.js";
import { services } from "./services.js";
import { serviceView } from "./services.view.js";

const write = may("write", serviceArea);

/** The help that she asks for, is given, misses and declines. */
export const serviceTopic = topic(cases, services, {
  state: serviceArea,
  facts: {
    ServiceRequested: serviceArea,
    ServiceScheduled: serviceArea,
    ServiceDelivered: serviceArea,
    ServiceMissed: serviceArea,
    ServiceDeclined: serviceArea,
    ServiceOutcomeRecorded: serviceArea,
    ServiceSatisfactionRecorded: serviceArea,
  },
  changes: {
    CaseManagement: [
      change(requestService, RequestService, write),
      change(requestUrgentCare, RequestUrgentCare, write),
      change(scheduleService, ScheduleService, write),
      change(deliverService, DeliverService, write),
      change(missService, MissService, write),
      change(declineService, DeclineService, write),
      change(recordServiceOutcome, RecordServiceOutcome, write),
      change(recordServiceSatisfaction, RecordServiceSatisfaction, write),
    ],
  },
  views: [serviceView],
  sections: { serviceRecords: caseServiceRecordsView },
  lists: [
    list(serviceView, {
      name: "services",
      permission: may("read", serviceArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "group", "status", "provider"],
      sorts: ["-askedAt", "askedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  vocabularies: serviceVocabularies,
});
