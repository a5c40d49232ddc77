import { may } from "#access/decide.js";
import { change, changes } from "#api/changes/changes.js";
import { caseRecord } from "../areas.js";
import {
  ApproveClosure,
  approveClosure,
  RejectClosure,
  rejectClosure,
  ReopenCase,
  reopenCase,
  RequestClosure,
  requestClosure,
} from "./closure.js";

export const closureOperations = changes(caseRecord, "CaseManagement", [
  change(requestClosure, RequestClosure, may("write", "case")),
  change(approveClosure, ApproveClosure, may("write", "closure")),
  change(rejectClosure, RejectClosure, may("write", "closure")),
  change(reopenCase, ReopenCase, may("write", "closure")),
]);
