import { Code, Codes, Inner, Key, Moment, Reference, ViewOf, Words } from "#projection/declare/columns.js";
import { newest } from "#projection/declare/newest.js";
import { Sealed, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view, type FactsOf, type Project } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import type { Located } from "#store/stored.js";
import { cases } from "../cases.js";
import { knownFromCodes, type KnownFrom } from "../known-from.js";
import { notifierArea } from "./areas.js";
import { minimumAfter, missing, tellingOfMinimum, type Minimum } from "./minimum.js";
import * as codes from "./vocabulary.js";

@Shape("Notifier")
class Notifier {
  @Words({ description: "Who is in charge of her at the organisation that told of her" }) personInCharge!: string;
}

const area = "case";

/** How far intake has come: what is missing of the least that is to be known, until when, and whether whoever told of her was answered. */
@ViewOf("CaseIntake", { concerns: ["case", "id"] })
export class CaseIntakeView {
  @Key() id!: string;
  @Codes(codes.minimumItems, { area, description: "What is not known yet" }) missing!: codes.MinimumItem[];
  @Moment({ area, optional: true, description: "Until when it is to be known, where her case began with a notification" })
  completeBy!: string | null;
  @Code(codes.incomingReasons, { area, optional: true, description: "Why she was sent" }) reason!: codes.IncomingReason | null;
  @Reference({ area, optional: true, description: "The organisation that told of her" }) referringOrganisation!: string | null;
  @Moment({ area, optional: true, description: "Until when the source is answered; null: nobody waits for an answer" })
  acknowledgeBy!: string | null;
  @Moment({ area, optional: true }) acknowledgedAt!: string | null;
  @Code(codes.acknowledgementChannels, { area, optional: true }) acknowledgedBy!: codes.AcknowledgementChannel | null;
  @Code(knownFromCodes, { area, description: "From whom or what the first contact is known" }) knownFrom!: KnownFrom;
  @Code(knownFromCodes, { area: "demographic", optional: true, description: "From whom or what her age is known as it was assessed last" })
  ageKnownFrom!: KnownFrom | null;
  @Code(codes.urgencyReasons, { area, optional: true, description: "Why the urgency is what it is, where it has changed" })
  urgencyReason!: codes.UrgencyReason | null;
  @Sealed(notifierArea, Notifier) notifier!: SealedPart | null;
  @Inner() minimum!: Minimum;
  /** When these were told: age, urgency. */
  @Inner() since!: Record<string, string>;
}

const project: Project<CaseIntakeView, FactsOf<typeof cases>> = {
  CaseOpened: (_, fact) => {
    const { notification, referringOrganisation = null, knownFrom = "Unknown" } = fact.data;
    const { completeBy = null, acknowledgeBy = null, reason = null } = notification ?? {};
    return {
      ...{ id: fact.streamId, missing: [], completeBy, reason, referringOrganisation, acknowledgeBy, knownFrom },
      ...{ acknowledgedAt: null, acknowledgedBy: null, ageKnownFrom: null, urgencyReason: null },
      ...{ notifier: sealedPart(fact, notifierArea), minimum: cases.initial, since: {} },
    };
  },
  // Of two times at which the source was answered, the earlier counts.
  NotificationAcknowledged: (row, { at, data: { channel } }) =>
    row && (row.acknowledgedAt === null || at < row.acknowledgedAt) ? { ...row, acknowledgedAt: at, acknowledgedBy: channel } : row,
  FirstContactSupplemented: (row, { data: { referringOrganisation } }) =>
    row && { ...row, referringOrganisation: row.referringOrganisation ?? referringOrganisation ?? null },
  AgeAssessed: (row, { at, data: { knownFrom = "Unknown" } }) => row && newest(row, "age", at, { ageKnownFrom: knownFrom }),
  UrgencyChanged: (row, { at, data: { reason } }) => row && newest(row, "urgency", at, { urgencyReason: reason }),
};

type Handler = (row: CaseIntakeView | null, fact: Located<FactsOf<typeof cases>>) => CaseIntakeView | null;
/** What each of these tells may be part of the least that is to be known. */
const telling = Object.fromEntries(
  tellingOfMinimum.map((type) => {
    const handler = (project as Readonly<Record<string, Handler | undefined>>)[type];
    const handled: Handler = (before, fact) => {
      const row = handler ? handler(before, fact) : before;
      if (!row) return null;
      const minimum = minimumAfter(row.minimum, fact, { at: fact.at, by: fact.metadata.by });
      return { ...row, minimum, missing: missing(minimum) };
    };
    return [type, handled];
  }),
);

export const caseIntakeView = view(cases)(CaseIntakeView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: { ...project, ...telling },
});
