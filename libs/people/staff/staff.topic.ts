import { may } from "#access/decide.js";
import { change, creation, replacing } from "#api/changes/changes.js";
import { list, one } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { ownAccountArea, staffArea, staffNameArea } from "../areas.js";
import { staffVocabularies } from "../labels.js";
import { colleague, herself, ofHerRegistrar } from "../people.relation.js";
import { staffRecords } from "./staff-records.js";
import {
  AcceptCodeOfConduct,
  acceptCodeOfConduct,
  CorrectStaffName,
  correctStaffName,
  RegisterStaff,
  registerStaff,
  staff,
  TellLanguages,
  tellLanguages,
  type Staff,
} from "./staff.js";
import { signInLinkOf } from "./sign-in-link.api.js";
import { staffView } from "./staff.view.js";

const registered = ({ staff: { registeredAt } }: { staff: Staff }): boolean => registeredAt !== null;

/** What is a person's own who works here, wherever she works. */
export const staffTopic = topic(staffRecords, staff, {
  state: {
    subject: staffNameArea,
    registeredAt: staffArea,
    organisation: staffArea,
    languages: staffArea,
    codeOfConduct: staffArea,
    signIns: ownAccountArea,
  },
  facts: {
    StaffRegistered: { subject: staffNameArea, languages: staffArea },
    StaffNameCorrected: staffArea,
    LanguagesTold: staffArea,
    CodeOfConductAccepted: staffArea,
    SignInLinkIssued: staffArea,
    SignInJoined: ownAccountArea,
  },
  changes: {
    Administration: [
      creation(registerStaff, RegisterStaff, may("write", staffArea)),
      replacing(change(correctStaffName, CorrectStaffName, may("write", staffArea)), registered),
      change(tellLanguages, TellLanguages, may("write", staffArea)),
      change(acceptCodeOfConduct, AcceptCodeOfConduct, may("write", ownAccountArea)),
    ],
  },
  views: [staffView],
  lists: [
    list(staffView, {
      name: "staffMembers",
      permission: may("read", staffArea, "Administration", "CaseManagement", "Accommodation", "Oversight"),
      filters: ["languages"],
      sorts: ["registeredAt", "-registeredAt"],
    }),
  ],
  reads: (about) => [
    signInLinkOf(about),
    one(about, staffView, {
      name: "staffMember",
      path: "staff",
      permission: may("read", staffArea, "Administration", "CaseManagement", "Accommodation", "Oversight"),
    }),
  ],
  relations: [herself, ofHerRegistrar, colleague],
  vocabularies: staffVocabularies,
});
