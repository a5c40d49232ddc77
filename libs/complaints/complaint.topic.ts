import { may, related } from "#access/decide.js";
import { change, creation } from "#api/changes/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import { topic, topicsOf } from "#topics/topic.js";
import { accountArea, complaintArea, filingArea } from "./areas.js";
import {
  AcknowledgeComplaint,
  acknowledgeComplaint,
  complaint,
  ConcludeInvestigation,
  concludeInvestigation,
  FileComplaint,
  fileComplaint,
  NameConcerned,
  nameConcerned,
  ResolveComplaint,
  resolveComplaint,
} from "./complaint.js";
import { concernedByIt, ofItsOrganisation } from "./complaint.relation.js";
import { complaintView } from "./complaint.view.js";
import { complaints } from "./complaints.js";
import { complaintVocabularies } from "./labels.js";

const complaintTopic = topic(complaints, complaint, {
  state: {
    subject: accountArea,
    receivedAt: complaintArea,
    status: complaintArea,
    organisation: complaintArea,
    concerned: complaintArea,
  },
  facts: {
    ComplaintReceived: { subject: accountArea, category: complaintArea, channel: complaintArea },
    ConcernedNamed: complaintArea,
    ComplaintAcknowledged: complaintArea,
    ComplaintInvestigated: complaintArea,
    ComplaintResolved: complaintArea,
  },
  changes: {
    Safeguarding: [
      creation(fileComplaint, FileComplaint, may("write", filingArea)),
      change(nameConcerned, NameConcerned, may("write", complaintArea)),
      change(acknowledgeComplaint, AcknowledgeComplaint, may("write", complaintArea)),
      change(concludeInvestigation, ConcludeInvestigation, may("write", complaintArea)),
      change(resolveComplaint, ResolveComplaint, may("write", complaintArea)),
    ],
  },
  views: [complaintView],
  lists: [
    list(complaintView, {
      name: "complaints",
      permission: may("read", complaintArea, "Safeguarding", "Oversight"),
      filters: ["status", "category"],
      sorts: ["-receivedAt", "receivedAt"],
    }),
  ],
  reads: (about) => [
    one(about, complaintView, {
      name: "complaint",
      path: "complaints",
      permission: may("read", complaintArea, "Safeguarding", "Oversight"),
    }),
    live(about, complaintView, {
      name: "complaintLive",
      path: "complaints",
      permission: may("read", complaintArea, "Safeguarding", "Oversight"),
    }),
  ],
  relations: [ofItsOrganisation, concernedByIt],
  vocabularies: complaintVocabularies,
});

/** Complaints and feedback, of abuse by staff too: for the supervisors of the organisation that took them, and never for whoever they concern. */
export const complaintTopics = topicsOf(
  complaints,
  { complaint: complaintTopic },
  {
    belongsTo: () => related,
    subject: (state) => state.complaint.subject,
    history: may("read", complaintArea, "Safeguarding", "Oversight"),
    access: may("read", "access", "Oversight"),
  },
);
