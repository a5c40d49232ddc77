import { days } from "../telling.js";
import { isAskedAtTheEnd } from "./assessed.js";
import type { Life } from "./life.js";

const outcomes = [
  "ReturnedHome",
  "ReunifiedWithFamily",
  "GoalsAchieved",
  "DeclinedFurtherSupport",
  "TransferredToAgency",
  "LeftWithoutNotice",
];
/** Where she sleeps elsewhere from then on, the closing of her case gives the bed free. */
const elsewhere = ["ReturnedHome", "ReunifiedWithFamily", "LeftWithoutNotice"];

/** Support ends: after a while in which she is asked how she is, or at once. */
export function leavesAgain(life: Life): void {
  if (!life.closed) return;
  const { random, leaves, victim } = life;
  const reason = victim ? random.pick(outcomes) : "NotAVictim";
  const isFollowedUp = life.followedUp && !life.waitsForHelp && reason !== "LeftWithoutNotice";
  const leavesByClosing = elsewhere.includes(reason) && !isFollowedUp;
  if (life.bed && !leavesByClosing) life.inShelter(leaves, "discharge-resident", { exitType: "Planned" }, "freed");
  const asked = isFollowedUp ? leaves + 30 : leaves;
  if (isFollowedUp) isFollowedUpOn(life);
  if (victim || random.chance(0.3)) isAskedAtTheEnd(life, asked, reason);
  life.step(asked, "own", "request-closure", { reason, referralOffered: true });
  let decided = asked + 1;
  if (random.chance(0.07)) {
    life.step(decided, "supervisor", "reject-closure", { reason: random.pick(["NeedsRemain", "InformationMissing"]) });
    life.step(decided + 2, "own", "request-closure", { reason, referralOffered: true });
    decided += 3;
  }
  const frees = life.bed && leavesByClosing ? { housed: life.record, wait: "freed" as const } : {};
  life.step(decided, "supervisor", "approve-closure", { reason: "GoalsMet" }, frees);
  if (random.chance(0.04) && decided + 20 < days) {
    life.step(decided + 20, "supervisor", "reopen-case", { reason: random.pick(["NewNeeds", "ClosedInError"]) });
    life.step(decided + 20, "own", "add-note", { narrative: "An invented note on why it goes on." });
  }
}

/** She has said that she may be asked after, and in which way. */
function isFollowedUpOn(life: Life): void {
  const { random, leaves } = life;
  life.step(leaves, "own", "start-follow-up");
  for (const after of [10, 20])
    life.step(leaves + after, "own", "record-contact-attempt", {
      ...{ channel: "PhoneCall", reason: "FollowUp", left: "Nothing" },
      outcome: random.pick(["Reached", "NotReached"]),
    });
}
