import { given } from "#kernel/given.js";
import { staffRecords } from "./staff-records.js";
import {
  acceptCodeOfConduct,
  correctStaffName,
  issueSignInLink,
  joinSignIn,
  registerStaff,
  tellLanguages,
  type StaffFact,
} from "./staff.js";

const personal = { "id-1": { staffName: { name: "Invented" } } };
const registered: StaffFact = { type: "StaffRegistered", data: { subject: "id-1", languages: ["sw"] }, personal };
const here = { type: "StaffRegistered", data: registered.data } as StaffFact;

test("somebody is registered with her name sealed, once", () => {
  given(staffRecords)
    .when(registerStaff, { name: "Invented", languages: ["sw"] })
    .then(registered);
  given(staffRecords, here)
    .when(registerStaff, { name: "Invented", languages: ["sw"] })
    .refused("StaffAlreadyRegistered");
});

test("her name is told anew whole, under the same key", () =>
  given(staffRecords, here)
    .when(correctStaffName, { name: "Other", email: "nobody@example.org" })
    .then({ type: "StaffNameCorrected", data: {}, personal: { "id-1": { staffName: { name: "Other", email: "nobody@example.org" } } } }));

test("her languages are told, and the same again are so already", () => {
  given(staffRecords, here)
    .when(tellLanguages, { languages: ["sw", "rn"] })
    .then({ type: "LanguagesTold", data: { languages: ["sw", "rn"] } });
  given(staffRecords, here)
    .when(tellLanguages, { languages: ["sw"] })
    .then();
});

test("she accepts a version of the code of conduct, once", () => {
  const accepted: StaffFact = { type: "CodeOfConductAccepted", data: { version: 2 } };
  given(staffRecords, here).when(acceptCodeOfConduct, { version: 2 }).then(accepted);
  given(staffRecords, here, accepted).when(acceptCodeOfConduct, { version: 2 }).then();
});

test("a link to sign in by is on record with its end", () =>
  given(staffRecords, here)
    .when(issueSignInLink, { kind: "Invitation" })
    .then({ type: "SignInLinkIssued", data: { kind: "Invitation", until: "2026-01-13T08:00:00.000Z" } }));

test("by whom she is signed in is kept, once", () => {
  const joined: StaffFact = { type: "SignInJoined", data: { issuer: "https://id.example.org", subject: "s" } };
  given(staffRecords, here).when(joinSignIn, { issuer: "https://id.example.org", subject: "s" }).then(joined);
  given(staffRecords, here, joined).when(joinSignIn, { issuer: "https://id.example.org", subject: "s" }).then();
});
