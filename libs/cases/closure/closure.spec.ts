import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { PlacementFact } from "../placement/placement.js";
import type { ScreeningFact } from "../screening/screening.js";
import type { ClosureReason } from "../vocabulary.js";
import { approveClosure, rejectClosure, reopenCase, requestClosure, type ClosureFact } from "./closure.js";

const enough = { also: { approvers: { own: 2, partner: null } } };
const requested = (reason: ClosureReason = "GoalsAchieved", referralOffered?: boolean): ClosureFact => ({
  type: "CaseClosureRequested",
  data: { reason, requestedBy: "amina", ...(referralOffered !== undefined && { referralOffered }) },
});
const approved: ClosureFact = { type: "CaseClosureApproved", data: { approvedBy: "neema" } };
const rejected: ClosureFact = { type: "CaseClosureRejected", data: { rejectedBy: "neema", reason: "NeedsRemain" } };
const closed = (reason: ClosureReason = "GoalsAchieved", episode = 1): ClosureFact => ({ type: "CaseClosed", data: { reason, episode } });
const reopened: ClosureFact = { type: "CaseReopened", data: { reason: "NewNeeds", episode: 2 } };
const notAVictim: ScreeningFact = {
  type: "TraffickingStatusDetermined",
  data: { status: "NotAVictimOfTrafficking", decidedBy: "NGO", basis: "Screening" },
};
const asNeema = { actor: { id: "neema", role: "supervisor" } };

describe("asking for a case to be closed", () => {
  test("her worker may ask", () => given(cases).when(requestClosure, { reason: "GoalsAchieved" }, enough).then(requested()));
  test("it has been asked already", () => given(cases, requested()).when(requestClosure, { reason: "GoalsAchieved" }, enough).then());
  test("a referral that was offered since is added to the request", () => {
    given(cases, requested())
      .when(requestClosure, { reason: "GoalsAchieved", referralOffered: true }, enough)
      .then(requested("GoalsAchieved", true));
    given(cases, requested("GoalsAchieved", true)).when(requestClosure, { reason: "GoalsAchieved", referralOffered: true }, enough).then();
    given(cases, requested("GoalsAchieved", true)).when(requestClosure, { reason: "GoalsAchieved" }, enough).then();
  });
  test("where too few can decide it, the partner that was named for that is asked as well", () => {
    const tooFew = { also: { approvers: { own: 1, partner: "p" } } };
    given(cases)
      .when(requestClosure, { reason: "GoalsAchieved" }, tooFew)
      .then({ type: "CaseClosureRequested", data: { reason: "GoalsAchieved", requestedBy: "amina", askedOf: "p" } });
    for (const approvers of [
      { own: 2, partner: "p" },
      { own: 0, partner: null },
    ])
      given(cases).when(requestClosure, { reason: "GoalsAchieved" }, { also: { approvers } }).then(requested());
  });
  test("another reason waits until the first request is decided", () =>
    given(cases, requested()).when(requestClosure, { reason: "Relocated" }, enough).refused("ClosureAlreadyRequested"));
  test("a request that was rejected may be made again", () =>
    given(cases, requested(), rejected).when(requestClosure, { reason: "GoalsAchieved" }, enough).then(requested()));
  test("a closed case is not closed again", () =>
    given(cases, requested(), approved, closed()).when(requestClosure, { reason: "GoalsAchieved" }, enough).refused("CaseNotOpen"));
  test("whoever turns out not to be a victim is not sent away empty-handed", () =>
    given(cases).when(requestClosure, { reason: "NotAVictim" }, enough).refused("ReferralNotOffered"));
  test("whoever was found not to be a victim is offered a referral, whatever reason is given", () =>
    given(cases, notAVictim).when(requestClosure, { reason: "Other", referralOffered: false }, enough).refused("ReferralNotOffered"));
  test("whoever turns out not to be a victim and was offered a referral may go", () =>
    given(cases, notAVictim)
      .when(requestClosure, { reason: "NotAVictim", referralOffered: true }, enough)
      .then(requested("NotAVictim", true)));
});

describe("approving it", () => {
  test("a second person closes the case", () => given(cases, requested()).when(approveClosure, {}, asNeema).then(approved, closed()));
  test("who asked for it does not decide it", () => given(cases, requested()).when(approveClosure, {}).refused("ApproverIsRequester"));
  test("nothing is approved that nobody asked for", () => given(cases).when(approveClosure, {}, asNeema).refused("ClosureNotRequested"));
  test("whoever was found not to be a victim meanwhile is offered a referral first", () => {
    given(cases, requested(), notAVictim).when(approveClosure, {}, asNeema).refused("ReferralNotOffered");
    given(cases, requested("GoalsAchieved", true), notAVictim).when(approveClosure, {}, asNeema).then(approved, closed());
    given(cases, requested("GoalsAchieved", true), rejected, requested(), notAVictim)
      .when(approveClosure, {}, asNeema)
      .refused("ReferralNotOffered");
  });
  test("why may be said", () =>
    given(cases, requested())
      .when(approveClosure, { reason: "GoalsMet" }, asNeema)
      .then({ type: "CaseClosureApproved", data: { approvedBy: "neema", reason: "GoalsMet" } }, closed()));
  test("a closed case is already closed", () => given(cases, requested(), approved, closed()).when(approveClosure, {}, asNeema).then());
  test("the second closing belongs to the second episode", () =>
    given(cases, requested(), approved, closed(), reopened, requested())
      .when(approveClosure, {}, asNeema)
      .then(approved, closed("GoalsAchieved", 2)));
});

describe("her bed when the case is closed", () => {
  const where = { shelter: "sh-1", stay: "st-1" };
  const placed: PlacementFact = { type: "PlacedInShelter", data: where };

  test.each([
    ["ReturnedHome", "Return"],
    ["ReunifiedWithFamily", "Reunification"],
    ["LeftWithoutNotice", "Absconded"],
    ["Deceased", "Deceased"],
  ] as const)("is left when the reason is %s", (reason, exitType) =>
    given(cases, placed, requested(reason))
      .when(approveClosure, {}, asNeema)
      .then(approved, closed(reason), { type: "ShelterPlacementEnded", data: { ...where, exitType } }),
  );
  test("is hers until the shelter says otherwise, for any other reason, and the closing says so", () =>
    given(cases, placed, requested())
      .when(approveClosure, {}, asNeema)
      .then(approved, { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1, remainsIn: where } }));
  test("is not left by someone who has none", () =>
    given(cases, requested("ReturnedHome")).when(approveClosure, {}, asNeema).then(approved, closed("ReturnedHome")));
});

describe("rejecting it", () => {
  test("a second person keeps the case open", () =>
    given(cases, requested()).when(rejectClosure, { reason: "NeedsRemain" }, asNeema).then(rejected));
  test("who asked for it does not decide it", () =>
    given(cases, requested()).when(rejectClosure, { reason: "NeedsRemain" }).refused("ApproverIsRequester"));
  test("what was rejected is rejected already", () =>
    given(cases, requested(), rejected).when(rejectClosure, { reason: "NeedsRemain" }, asNeema).then());
  test("nothing is rejected that nobody asked for", () => {
    given(cases).when(rejectClosure, { reason: "NeedsRemain" }, asNeema).refused("ClosureNotRequested");
    given(cases, requested(), approved, closed(), reopened)
      .when(rejectClosure, { reason: "NeedsRemain" }, asNeema)
      .refused("ClosureNotRequested");
  });
});

describe("reopening a case", () => {
  test("whoever has new needs comes back, and a new episode begins", () =>
    given(cases, requested(), approved, closed()).when(reopenCase, { reason: "NewNeeds" }).then(reopened));
  test("a case that was reopened may be asked to be closed again, and once only", () => {
    given(cases, requested(), approved, closed(), reopened).when(requestClosure, { reason: "GoalsAchieved" }, enough).then(requested());
    given(cases, requested(), approved, closed(), reopened, requested()).when(requestClosure, { reason: "GoalsAchieved" }, enough).then();
  });
  test("a case that was reopened is already open, also while it waits to be closed again", () => {
    given(cases, requested(), approved, closed(), reopened).when(reopenCase, { reason: "NewNeeds" }).then();
    given(cases, requested(), approved, closed(), reopened, requested()).when(reopenCase, { reason: "NewNeeds" }).then();
  });
  test("a case that was never closed is not reopened", () => {
    given(cases).when(reopenCase, { reason: "NewNeeds" }).refused("CaseNotClosed");
    given(cases, requested()).when(reopenCase, { reason: "NewNeeds" }).refused("CaseNotClosed");
  });
});
