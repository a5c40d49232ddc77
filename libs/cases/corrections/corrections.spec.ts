import { entriesOf, marking, type Entry } from "#kernel/corrections.js";
import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import { markEntryErroneousWith } from "./corrections.js";

const markEntryErroneous = markEntryErroneousWith(() => cases.corrections);
const idOf = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const [one, two] = [idOf(1), idOf(2)];

/** Entries `e-0`, `e-1`, ... of Amina, who works with her, unless another is named. */
interface Told {
  readonly type: string;
  readonly data: object;
  readonly by?: string;
}
const entries = (facts: readonly Told[]): readonly Entry[] =>
  entriesOf(
    facts.map(({ type, data, by = "amina" }, index) => ({
      ...{ id: `e-${index}`, type, data },
      metadata: { at: "2026-01-10T08:00:00.000Z", by: { id: by, role: "shelter-case-manager" } },
    })),
  );
const asked = { type: "ServiceRequested", data: { service: one, group: "Legal" } };
const delivered = { type: "ServiceDelivered", data: { service: one, group: "Legal" } };
const outcome = { type: "ServiceOutcomeRecorded", data: { service: one, outcome: "NeedMet" } };
const mark = (entry: string) => ({ type: marking, data: { entry, reason: "Other" } });
const marked = (entry: string, over: object = {}) =>
  ({ type: marking, data: { entry, reason: "EnteredTwice" as const, ...over } }) as const;
const asking = (entry: string, over: object = {}) => ({ entry, reason: "EnteredTwice" as const, ...over });
const on = (...facts: readonly Told[]) => ({ also: { entries: entries(facts) } });

describe("an entry that was a mistake", () => {
  test("is marked by whoever made it, once", () => {
    given(cases).when(markEntryErroneous, asking("e-0"), on(asked)).then(marked("e-0"));
    given(cases)
      .when(markEntryErroneous, asking("e-0"), on(asked, mark("e-0")))
      .then();
  });
  test("by nobody else, but by a supervisor", () => {
    const hers = on({ ...asked, by: "khadija" });
    given(cases).when(markEntryErroneous, asking("e-0"), hers).refused("NotTheAuthor");
    given(cases)
      .when(markEntryErroneous, asking("e-0"), { ...hers, actor: { id: "neema", role: "supervisor" } })
      .then(marked("e-0"));
  });
  test("is one of this very case", () => given(cases).when(markEntryErroneous, asking("e-7"), on(asked)).refused("EntryUnknown"));
  test("is not marked before what rests on it is", () => {
    const all = [asked, delivered, outcome] as const;
    given(cases)
      .when(markEntryErroneous, asking("e-0"), on(...all))
      .refused("OthersRestOnIt");
    given(cases)
      .when(markEntryErroneous, asking("e-1"), on(...all))
      .refused("OthersRestOnIt");
    given(cases)
      .when(markEntryErroneous, asking("e-1"), on(...all, mark("e-2")))
      .then(marked("e-1"));
    given(cases)
      .when(markEntryErroneous, asking("e-0"), on(...all, mark("e-2"), mark("e-1")))
      .then(marked("e-0"));
  });
  test.each([
    { type: "RiskAssessed", data: { level: "High", reasons: ["Travel"], reviewBy: "2026-01-12T08:00:00.000Z" } },
    { type: "SecurityIncidentReported", data: { incident: one, kind: "Threat", severity: "Serious" } },
    { type: "ServiceRequested", data: { incident: one, group: "Health", urgentStep: "Within72Hours" } },
  ])("$type is not taken back by whoever told it alone: it is replaced, or a supervisor looks at it", (danger) => {
    const again = { ...danger, data: { ...danger.data, ...(danger.type === "RiskAssessed" ? {} : { incident: two }) } };
    given(cases).when(markEntryErroneous, asking("e-0"), on(danger)).refused("UnsaidByOneself");
    given(cases)
      .when(markEntryErroneous, asking("e-0", { replacement: "e-1" }), on(danger, again))
      .then(marked("e-0", { replacement: "e-1" }));
    given(cases)
      .when(markEntryErroneous, asking("e-0"), { ...on(danger), actor: { id: "neema", role: "supervisor" } })
      .then(marked("e-0"));
    given(cases)
      .when(markEntryErroneous, asking("e-0"), { ...on({ ...danger, by: "neema" }), actor: { id: "neema", role: "supervisor" } })
      .refused("UnsaidByOneself");
  });
  test("has what was entered in its place named with it, where that is such an entry of this case", () => {
    const again = { ...asked, data: { service: two, group: "Legal" } };
    given(cases)
      .when(markEntryErroneous, asking("e-0", { replacement: "e-1" }), on(asked, again))
      .then(marked("e-0", { replacement: "e-1" }));
    for (const [replacement, ...facts] of [
      ["e-7", asked],
      ["e-0", asked],
      ["e-1", again, { type: "FlagRaised", data: { flag: idOf(3), kind: "NoPhotos" } }],
      ["e-1", asked, again, mark("e-1")],
    ] as const)
      given(cases)
        .when(markEntryErroneous, asking("e-0", { replacement }), on(...facts))
        .refused("ReplacementUnknown");
  });
});

test.each(["ConsentWithdrawn", "ConsentRefused", "ServiceDeclined", "WallRaised", "CaseOpened", "PlacedInShelter", marking])(
  "%s is answered by a new entry, and never marked",
  (type) =>
    given(cases)
      .when(markEntryErroneous, asking("e-0"), on({ type, data: {} }))
      .refused("EntryNotCorrectable"),
);

test("what an entry does not name rests on nothing of it", () => {
  const other = { type: "ServiceOutcomeRecorded", data: { service: two, outcome: "NeedMet" } };
  given(cases).when(markEntryErroneous, asking("e-0"), on(delivered, other)).then(marked("e-0"));
});
