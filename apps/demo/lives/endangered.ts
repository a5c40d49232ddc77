import { onDay } from "../telling.js";
import type { Life } from "./life.js";

/** What endangers her, what was agreed against it, and what happened all the same. */
export function isEndangered(life: Life): void {
  const { random, arrival } = life;
  const level = random.pick(["Low", "Medium", "High"]);
  const reasons = level === "Low" ? [] : [random.pick(["ThreatsToHer", "ThreatsToFamily", "TraffickerNearby", "Travel"])];
  const account = "An invented danger to an invented person.";
  const within = level === "High" ? 7 : 90;
  life.step(arrival + 3, "own", "assess-risk", { level, reasons, reviewBy: onDay(arrival + 3 + within), account, knownFrom: "Self" });
  if (level !== "Low")
    life.step(arrival + 3, "own", "agree-safety-plan", { measures: "Invented measures.", reviewBy: onDay(arrival + 3 + within) });
  if (random.chance(0.3)) flags(life);
  // Where it is high it is looked at again in time, mostly.
  if (level === "High" && random.chance(0.8))
    life.step(arrival + 9, "own", "assess-risk", { level: "Medium", reasons, reviewBy: onDay(arrival + 99), account, knownFrom: "Self" });
  if (random.chance(0.2)) somethingHappens(life);
}

function flags(life: Life): void {
  const { random, arrival } = life;
  const flag = life.made(
    life.step(arrival + 3, "own", "raise-flag", { kind: random.pick(["AskBeforeContact", "WomenStaffOnly", "InterpreterNeeded"]) }),
    "flag",
  );
  if (random.chance(0.3)) life.step(arrival + 15, "own", "lower-flag", { flag });
}

function somethingHappens(life: Life): void {
  const { random, arrival } = life;
  const reported = life.step(arrival + 13, "own", "report-security-incident", {
    kind: random.pick(["Threat", "Surveillance", "Intrusion"]),
    severity: random.pick(["Minor", "Serious", "Critical"]),
    account: "An invented incident.",
    knownFrom: "OwnObservation",
  });
  if (random.chance(0.8))
    life.step(arrival + 15, "supervisor", "resolve-security-incident", {
      incident: life.made(reported, "incident"),
      outcome: random.pick(["Averted", "MeasuresTaken", "ReportedToPolice"]),
    });
}

/** What her workers write down, and how they reach her. */
export function isAccompanied(life: Life): void {
  const { random, arrival } = life;
  const texts = random.between(1, 4);
  for (let each = 0; each < texts; each++) {
    const note = life.step(arrival + 12, "own", "add-note", {
      narrative: `An invented note on an invented person, ${each + 1} of ${texts}.`,
    });
    if (random.chance(0.06)) life.step(arrival + 14, "own", "retract-note", { note: life.made(note, "note"), reason: "WrittenTwice" });
  }
  if (random.chance(0.3)) life.step(arrival + 13, "lawyer", "add-note", { legal: "An invented note on an invented claim." });
  if (life.hasClinic && random.chance(0.4)) life.step(arrival + 13, "nurse", "add-note", { health: "An invented note on her health." });
  if (life.hasClinic && random.chance(0.4))
    life.step(arrival + 13, "psychologist", "add-note", { psychosocial: "An invented note on how she is." });
  if (random.chance(0.4))
    life.step(arrival + 16, "own", "record-contact-attempt", {
      ...{ channel: "PhoneCall", reason: random.pick(["Support", "Appointment", "Legal"]) },
      ...{ outcome: random.pick(["Reached", "NotReached", "SomebodyElseAnswered"]), left: "Nothing" },
      account: "An invented call.",
    });
}
