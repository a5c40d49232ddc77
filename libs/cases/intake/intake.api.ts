import { may } from "#access/decide.js";
import { change, changes, creation } from "#api/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads.js";
import { cases } from "../cases.js";
import { caseFileView } from "./case-file.view.js";
import { caseView } from "./case.view.js";
import { RecordContact, recordContact, RecordIdentity, recordIdentity } from "./identity.js";
import { AssessAge, assessAge, OpenCase, openCase } from "./intake.js";

export const intakeOperations = [
  ...changes(cases, [
    creation(openCase, OpenCase, may("write", "case")),
    change(assessAge, AssessAge, may("write", "case")),
    change(recordIdentity, RecordIdentity, may("write", "identity")),
    change(recordContact, RecordContact, may("write", "contact")),
  ]),
  list(caseView, {
    name: "cases",
    permission: may("read", "case"),
    filters: ["stage", "region", "sex", "isChild", "traffickingStatus", "exploitations", "shelter"],
    sorts: ["-openedAt", "openedAt"],
  }),
  one(caseFileView, { name: "case", path: "cases", permission: may("read", "case"), purpose: "CaseManagement" }),
  live(caseView, { name: "caseLive", path: "cases", permission: may("read", "case") }),
];
