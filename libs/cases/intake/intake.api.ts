import { may } from "#access/decide.js";
import { change, changes, creation, replacing } from "#api/changes/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import { caseRecord } from "../areas.js";
import type { cases } from "../cases.js";
import { caseFileView } from "./case-file.view.js";
import { caseView } from "./case.view.js";
import { RecordContact, recordContact, RecordIdentity, recordIdentity } from "./identity.js";
import { AssessAge, assessAge, OpenCase, openCase } from "./intake.js";

type CaseState = typeof cases.initial;

export const intakeOperations = [
  ...changes(caseRecord, "FirstContact", [creation(openCase, OpenCase, may("write", "case"))]),
  ...changes(caseRecord, "CaseManagement", [
    change(assessAge, AssessAge, may("write", "case")),
    replacing(change(recordIdentity, RecordIdentity, may("write", "identity")), ({ known }: CaseState) => known.identity),
    replacing(change(recordContact, RecordContact, may("write", "contact")), ({ known }: CaseState) => known.contact),
  ]),
  list(caseView, {
    name: "cases",
    permission: may("read", "case"),
    filters: ["id", "openedBy", "stage", "region", "sex", "isChild", "ageQuestioned", "traffickingStatus", "exploitations", "shelter"],
    days: { openedOn: "openedAt" },
    sorts: ["-openedAt", "openedAt"],
  }),
  one(caseRecord, caseFileView, { name: "case", path: "cases", permission: may("read", "case"), purpose: "CaseManagement" }),
  live(caseRecord, caseView, { name: "caseLive", path: "cases", permission: may("read", "case") }),
];
