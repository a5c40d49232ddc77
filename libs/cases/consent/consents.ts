import { earlier, inserted, isDuring, standingAt } from "#kernel/in-time.js";
import { require, slice, type Instant, type Times } from "#kernel/kernel.js";
import { groupsByClasses } from "../services/catalogue.js";
import type { ServiceGroup } from "../services/vocabulary.js";
import type { Language } from "#vocabulary/languages.js";
import type { DataClass, Evidence, Giver, Purpose } from "../vocabulary.js";
import { restsOn } from "./purposes.js";
import {
  authorisedAsNamed,
  invokedAt,
  namedByReview,
  standsInForConsent,
  type EmergencyFact,
  type EmergencyProcessing,
} from "./emergencies.js";

// Facts

type Reason = Record<string, { narrative: { reason: string } }> | undefined;
export type ConsentFact =
  | {
      type: "ConsentGiven";
      data: Scope &
        ForServices & {
          consentId: string;
          givenBy: Giver;
          childAssents?: boolean | undefined;
          language?: Language | undefined;
          evidence: Evidence;
          evidenceHash?: string | undefined;
        };
    }
  | { type: "ConsentRefused"; data: { purpose: Purpose; refusedBy: Giver } }
  | {
      type: "ConsentNarrowed";
      data: ForServices & { consentId: string; recipients: string[]; dataClasses: DataClass[]; expiresAt: Instant };
    }
  | { type: "ConsentWithdrawn"; data: { consentId: string }; personal?: Reason }
  | { type: "ConsentExpired"; data: { consentId: string } }
  | EmergencyFact;

/** What is allowed, to whom, for what, until when: never "everything", never for ever. */
export interface Scope {
  purpose: Purpose;
  /** Organisations. */
  recipients: string[];
  dataClasses: DataClass[];
  expiresAt: Instant;
}
/** Of a consent to be helped: the groups of help that it is for. */
interface ForServices {
  serviceGroups?: ServiceGroup[] | undefined;
}

// State

/** One consent, through time: given, made less, withdrawn. It is kept when it has ended, so that "did it stand then?" can be asked. */
export interface Consent {
  readonly id: string;
  readonly purpose: Purpose;
  readonly givenAt: Instant;
  readonly withdrawnAt: Instant | null;
  /** It is on record that its time has run out. It covers nothing after `expiresAt` in any case. */
  readonly expired: boolean;
  /** What was said of its scope, in order of time, from the giving on. */
  readonly said: readonly SaidScope[];
}
export interface SaidScope extends Omit<Scope, "purpose"> {
  readonly at: Instant;
  readonly serviceGroups: readonly ServiceGroup[];
}
/** A no, in so many words. */
export interface Refused {
  readonly purpose: Purpose;
  readonly by: Giver;
  readonly at: Instant;
}
export interface Consents {
  readonly given: readonly Consent[];
  /** In order of time. */
  readonly refused: readonly Refused[];
  readonly emergencies: readonly EmergencyProcessing[];
}
/** The first version kept recipients as they were written. */
const inLowerCase = (data: { recipients: string[] }) => ({ ...data, recipients: data.recipients.map((each) => each.toLowerCase()) });

export const consents = slice<ConsentFact>()<Consents>(
  { given: [], refused: [], emergencies: [] },
  {
    ConsentGiven: (state, { consentId, purpose, ...scope }, { at }) => ({
      ...state,
      given: [
        ...state.given,
        { id: consentId, purpose, givenAt: at, withdrawnAt: null, expired: false, said: [saidAt(at, { purpose, ...scope })] },
      ],
    }),
    ConsentRefused: (state, { purpose, refusedBy }, { at }) => ({
      ...state,
      refused: inserted(state.refused, { at, purpose, by: refusedBy }),
    }),
    ConsentNarrowed: (state, { consentId, ...scope }, { at }) =>
      changed(state, consentId, (consent) => ({
        ...consent,
        said: inserted(consent.said, saidAt(at, { purpose: consent.purpose, ...scope })),
      })),
    ConsentWithdrawn: (state, { consentId }, { at }) =>
      changed(state, consentId, (consent) => ({ ...consent, withdrawnAt: earlier(consent.withdrawnAt, at) })),
    ConsentExpired: (state, { consentId }) => changed(state, consentId, (consent) => ({ ...consent, expired: true })),
    EmergencyProcessingInvoked: (state, data, { at, by }) => ({
      ...state,
      emergencies: [...state.emergencies, invokedAt(at, by.id, data)],
    }),
    EmergencyProcessingConfirmed: (state, { emergency, confirmedAt }) =>
      ofEmergency(state, emergency, (each) => ({ ...each, confirmation: "Confirmed", holdsFrom: each.holdsFrom ?? confirmedAt })),
    EmergencyProcessingRefused: (state, { emergency }, { at }) =>
      ofEmergency(state, emergency, (each) => ({ ...each, confirmation: "Refused", until: earlier(each.until, at)! })),
    EmergencyProcessingLapsed: (state, { emergency }) =>
      ofEmergency(state, emergency, (each) => ({ ...each, confirmation: "Lapsed", until: earlier(each.until, each.confirmBy)! })),
    EmergencyProcessingReviewed: (state, { emergency, finding }, { at }) =>
      ofEmergency(state, emergency, (each) => ({
        ...each,
        finding,
        overdue: false,
        until: finding === "NotJustified" ? earlier(each.until, at)! : each.until,
      })),
    EmergencyProcessingReviewOverdue: (state, { emergency }) => ofEmergency(state, emergency, (each) => ({ ...each, overdue: true })),
  },
  { ConsentGiven: [inLowerCase], ConsentNarrowed: [inLowerCase], EmergencyProcessingInvoked: [namedByReview, authorisedAsNamed] },
);

/** A consent to be helped that names no groups, as all did before, is for those that its classes of data tell. */
export const saidAt = (at: Instant, { purpose, recipients, dataClasses, expiresAt, serviceGroups }: Scope & ForServices): SaidScope => ({
  ...{ at, recipients, dataClasses, expiresAt },
  serviceGroups: purpose === "ServiceDelivery" ? (serviceGroups ?? groupsByClasses(dataClasses)) : [],
});

const changed = (state: Consents, consentId: string, change: (consent: Consent) => Consent): Consents => ({
  ...state,
  given: state.given.map((each) => (each.id === consentId ? change(each) : each)),
});

const ofEmergency = (state: Consents, id: string, change: (each: EmergencyProcessing) => EmergencyProcessing): Consents => ({
  ...state,
  emergencies: state.emergencies.map((each) => (each.id === id ? change(each) : each)),
});

// Asked by every rule that would use or share personal data

/** What all that she has said of a consent so far leaves of it: a no of hers, told late, takes from what she allowed later as well. */
export const scopeOf = (said: readonly SaidScope[]): Omit<SaidScope, "at"> => {
  const [first, ...less] = said;
  return less.reduce<Omit<SaidScope, "at">>(
    (scope, { recipients, dataClasses, serviceGroups, expiresAt }) => ({
      serviceGroups: scope.serviceGroups.filter((each) => serviceGroups.includes(each)),
      recipients: scope.recipients.filter((each) => recipients.includes(each)),
      dataClasses: scope.dataClasses.filter((each) => dataClasses.includes(each)),
      expiresAt: earlier(scope.expiresAt, expiresAt)!,
    }),
    {
      ...{ recipients: first!.recipients, dataClasses: first!.dataClasses },
      ...{ serviceGroups: first!.serviceGroups, expiresAt: first!.expiresAt },
    },
  );
};

export const scopeAt = ({ said }: Consent, moment: Instant) => scopeOf(said.filter(({ at }) => at <= moment));

/** The consents that stood at a moment, each with its scope then. */
export const standingConsents = (
  { given }: Consents,
  moment: Instant,
): readonly (Scope & Pick<SaidScope, "serviceGroups"> & { readonly id: string })[] =>
  given
    .filter(({ givenAt, withdrawnAt }) => isDuring({ from: givenAt, until: withdrawnAt }, moment))
    .map((consent) => ({ id: consent.id, purpose: consent.purpose, ...scopeAt(consent, moment) }))
    .filter(({ expiresAt }) => expiresAt > moment);

/** Did a consent that stood at that moment cover this use? Whoever is about to use or share asks of now. */
export const covers = (consents: Consents, use: { purpose: Purpose; recipient: string; dataClass: DataClass }, moment: Instant): boolean =>
  !herNoStands(consents, use.purpose, moment) &&
  standingConsents(consents, moment).some(
    ({ purpose, recipients, dataClasses }) =>
      purpose === use.purpose && recipients.includes(use.recipient) && dataClasses.includes(use.dataClass),
  );

/** Has she said no to this herself, and not yes since to the very same? A yes that she has taken back is none. `group`: of help. */
export const herNoStands = ({ given, refused }: Consents, purpose: Purpose, moment: Instant, group?: ServiceGroup): boolean => {
  const no = standingAt(
    refused.filter((each) => each.purpose === purpose && each.by === "self"),
    moment,
  );
  const isYes = (each: Consent): boolean =>
    each.purpose === purpose &&
    each.givenAt > no!.at &&
    isDuring({ from: each.givenAt, until: each.withdrawnAt }, moment) &&
    (group === undefined || scopeAt(each, moment).serviceGroups.includes(group));
  return no !== undefined && !given.some(isYes);
};

/** She consents to it, or a recorded vital interest stands in its place, where that may be; nothing goes over her own no. */
export const isAllowed = (consents: Consents, purpose: Purpose, moment: Instant): boolean =>
  !herNoStands(consents, purpose, moment) &&
  (standingConsents(consents, moment).some((each) => each.purpose === purpose) ||
    (restsOn[purpose].inEmergency === true && consents.emergencies.some((each) => standsInForConsent(each, moment))));

/** She was asked with her consent, and what she said is stored while she still allows it. */
export const requireInterview = (consents: Consents, { at, now }: Times): void =>
  require(isAllowed(consents, "Interview", at) && isAllowed(consents, "Interview", now), "InterviewNotPermitted");
