import { eachOf, right, type Expectation, type Scene } from "#access/expectation.js";

const takers = ["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer", "return-officer"];

/** One that is about somebody whom everybody knows, with all that can happen to one. */
async function complained({ barred, done }: Scene): Promise<string> {
  const { id } = await done("nurse", "/v1/complaints/file-complaint", {
    category: "Misconduct",
    channel: "InPerson",
    about: [barred],
    account: "Invented complaint",
  });
  const say = (verb: string, body: object = {}) => done("supervisor", `/v1/complaints/${id}/${verb}`, body);
  await say("name-concerned", { concerned: "4c5a1f60-0000-4000-8000-0000000000f4" });
  await say("acknowledge-complaint");
  await say("conclude-investigation", { finding: "Substantiated" });
  await say("resolve-complaint", { outcome: "Apology" });
  return id;
}

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    fileComplaint: right("write", "complaintFiling", "begun"),
    ...eachOf(
      ["nameConcerned", "acknowledgeComplaint", "concludeInvestigation", "resolveComplaint"],
      right("write", "complaint", "a complaint"),
    ),
    complaints: right("read", "complaint", "all"),
    ...eachOf(["complaint", "complaintLive", "complaintHistory", "complaintState"], right("read", "complaint", "a complaint")),
    complaintAccess: right("read", "access", "a complaint"),
  },
  personal: { fileComplaint: { account: "complaintAccount" } },
  answers: {
    Complaint: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["revision", "receivedAt", "category", "channel", "status", "finding", "outcome"], "complaint"),
      account: "complaintAccount",
    },
  },
  states: {
    complaint: {
      "complaint.subject": "complaintAccount",
      ...eachOf(["complaint.receivedAt", "complaint.status", "complaint.organisation", "complaint.concerned"], "complaint"),
    },
  },
  facts: {
    ComplaintReceived: { subject: "complaintAccount", category: "complaint", channel: "complaint" },
    ...eachOf(["ConcernedNamed", "ComplaintAcknowledged", "ComplaintInvestigated", "ComplaintResolved"], "complaint"),
  },
  cells: {
    complaintFiling: eachOf([...takers, "supervisor", "data-protection-officer"], "W" as const),
    complaint: { supervisor: "W", auditor: "R", "data-protection-officer": "R" },
    complaintAccount: eachOf([...takers, "supervisor", "data-protection-officer"], "W" as const),
  },
  // Whatever is about somebody's doing says whose.
  refusesTheLeast: ["fileComplaint"],
  // Supervisors of the organisation that took it, and whoever checks others' work; not whoever it concerns.
  stands: {
    "a complaint": ({ role, organisation, barred }) => (role !== "supervisor" || organisation === undefined) && barred === undefined,
  },
  begin: { "a complaint": complained },
  story: async (scene) => void (await complained(scene)),
};
