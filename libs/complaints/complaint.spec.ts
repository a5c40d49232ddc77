import { given } from "#kernel/given.js";
import {
  acknowledgeComplaint,
  concludeInvestigation,
  fileComplaint,
  nameConcerned,
  resolveComplaint,
  type ComplaintFact,
} from "./complaint.js";
import { complaints } from "./complaints.js";

const received: ComplaintFact = { type: "ComplaintReceived", data: { subject: "id-1", category: "Misconduct", channel: "Phone" } };
const about = (concerned: string): ComplaintFact => ({ type: "ConcernedNamed", data: { concerned } });
const acknowledged: ComplaintFact = { type: "ComplaintAcknowledged", data: {} };
const found: ComplaintFact = { type: "ComplaintInvestigated", data: { finding: "Inconclusive" } };
const resolved: ComplaintFact = { type: "ComplaintResolved", data: { outcome: "Apology" } };
const taken = [received, about("khadija")];

describe("a complaint is filed", () => {
  const asked = { category: "Misconduct", channel: "Phone", about: ["khadija", "baraka", "khadija"] } as const;
  test("with whom it is about, each once, and what was said sealed", () =>
    given(complaints)
      .when(fileComplaint, { ...asked, about: [...asked.about], account: "Invented" })
      .then(
        { ...received, personal: { "id-1": { complaintAccount: { account: "Invented" } } } } as ComplaintFact,
        about("khadija"),
        about("baraka"),
      ));
  test("about a service, of nobody", () =>
    given(complaints)
      .when(fileComplaint, { ...asked, category: "Service", about: [] })
      .then({ ...received, data: { ...received.data, category: "Service" } } as ComplaintFact));
  test("but not about somebody's doing without saying whose", () =>
    given(complaints)
      .when(fileComplaint, { ...asked, about: [] })
      .refused("ConcernedMissing"));
  test("and not twice", () =>
    given(complaints, ...taken)
      .when(fileComplaint, { ...asked, about: ["x"] })
      .refused("ComplaintAlreadyFiled"));
});

describe("somebody turns out to be concerned", () => {
  test("and is named", () =>
    given(complaints, ...taken)
      .when(nameConcerned, { concerned: "baraka" })
      .then(about("baraka")));
  test("who is named already, is so already", () =>
    given(complaints, ...taken)
      .when(nameConcerned, { concerned: "khadija" })
      .then());
});

describe("a complaint is looked into", () => {
  test("is acknowledged, once", () => {
    given(complaints, ...taken)
      .when(acknowledgeComplaint, {})
      .then(acknowledged);
    given(complaints, ...taken, acknowledged)
      .when(acknowledgeComplaint, {})
      .then();
  });
  test("is found to be so or not, and perhaps otherwise when it was looked into again", () => {
    given(complaints, ...taken, acknowledged)
      .when(concludeInvestigation, { finding: "Inconclusive" })
      .then(found);
    given(complaints, ...taken, acknowledged, found)
      .when(concludeInvestigation, { finding: "Substantiated" })
      .then({ type: "ComplaintInvestigated", data: { finding: "Substantiated" } });
  });
  test("but not before whoever complained was told that she was heard", () =>
    given(complaints, ...taken)
      .when(concludeInvestigation, { finding: "Inconclusive" })
      .refused("ComplaintNotAcknowledged"));
  test("and not when it is resolved", () =>
    given(complaints, ...taken, acknowledged, found, resolved)
      .when(concludeInvestigation, { finding: "Inconclusive" })
      .refused("ComplaintAlreadyResolved"));
});

describe("a complaint is resolved", () => {
  test("when it was looked into, once", () => {
    given(complaints, ...taken, acknowledged, found)
      .when(resolveComplaint, { outcome: "Apology" })
      .then(resolved);
    given(complaints, ...taken, acknowledged, found, resolved)
      .when(resolveComplaint, { outcome: "Other" })
      .then();
  });
  test("but not before", () =>
    given(complaints, ...taken, acknowledged)
      .when(resolveComplaint, { outcome: "Apology" })
      .refused("ComplaintNotInvestigated"));
});
