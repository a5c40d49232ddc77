import { Code, Codes, Inner, Key, ViewOf, Words } from "#projection/declare/columns.js";
import { newest, withPart } from "#projection/declare/newest.js";
import { Sealed, Shape } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { cases } from "../cases.js";
import { knownFromCodes, type KnownFrom } from "../known-from.js";

@Shape("Identity")
class Identity {
  @Words() givenName!: string;
  @Words() familyName!: string;
  @Words() otherNames!: string;
  @Words({ description: "A day, `2001-02-28`" }) birthDate!: string;
  @Words() identityNumber!: string;
}

@Shape("Contact")
class Contact {
  @Words({ description: "`+255700000001`" }) phone!: string;
  @Words() email!: string;
  @Words() safeWayToReach!: string;
}

/** Who she is, and how she can be reached without danger. */
@ViewOf("CasePerson", { concerns: ["case", "id"] })
export class CasePersonView {
  @Key() id!: string;
  @Codes(languages, { area: "demographic" }) languages!: Language[];
  @Code(knownFromCodes, { area: "case", optional: true, description: "From whom or what it is known who she is" })
  identityKnownFrom!: KnownFrom | null;
  @Code(knownFromCodes, { area: "case", optional: true, description: "From whom or what it is known how to reach her" })
  contactKnownFrom!: KnownFrom | null;
  @Sealed("identity", Identity) identity!: SealedPart | null;
  @Sealed("contact", Contact) contact!: SealedPart | null;
  /** When these were told: languages, identity, contact, identitySource, contactSource. */
  @Inner() since!: Record<string, string>;
}

const nothingYet = (id: string): CasePersonView => ({
  ...{ id, languages: [], identityKnownFrom: null, contactKnownFrom: null, identity: null, contact: null, since: {} },
});

export const casePersonView = view(cases)(CasePersonView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: {
    CaseOpened: (row, { streamId, data: { language } }) => (language ? { ...nothingYet(streamId), languages: [language] } : row),
    IdentityRecorded: (row, fact) => {
      const { languages, knownFrom = "Unknown" } = fact.data;
      const told = newest(row ?? nothingYet(fact.streamId), "languages", fact.at, { languages });
      return withPart(newest(told, "identitySource", fact.at, { identityKnownFrom: knownFrom }), "identity", fact, "identity");
    },
    ContactRecorded: (row, fact) => {
      const told = newest(row ?? nothingYet(fact.streamId), "contactSource", fact.at, {
        contactKnownFrom: fact.data.knownFrom ?? "Unknown",
      });
      return withPart(told, "contact", fact, "contact");
    },
    FirstContactSupplemented: (row, { streamId, data: { language } }) =>
      language && !row?.languages.length ? { ...(row ?? nothingYet(streamId)), languages: [language] } : row,
  },
});
