import { Codes, Count, Inner, Key, Moment, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { staffArea as area, staffNameArea } from "../areas.js";
import { languages, type Language } from "#vocabulary/languages.js";
import type { Staff } from "./staff.js";
import { staffRecords } from "./staff-records.js";

@Shape("StaffName")
class StaffName {
  @Words() name!: string;
  @Words() phone!: string;
  @Words() email!: string;
}

/** Somebody who works here. */
@ViewOf("Staff", {
  about: ["staff", "id"],
  concerns: ["staff", "id"],
  indexes: [
    ["registeredAt", "id"],
    ["languages", "registeredAt", "id"],
  ],
})
export class StaffView {
  @Key() id!: string;
  @Count({ area, description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Moment({ area }) registeredAt!: string;
  @Codes(languages, { area, description: "In which she helps people" }) languages!: Language[];
  @Count({ area, optional: true, description: "The version of the code of conduct that she accepted last" }) codeOfConduct!: number | null;
  @Sealed(staffNameArea, StaffName) name!: SealedPart | null;
  /** By whom she is signed in, to be found by it. */
  @Inner() signIns!: Staff["signIns"][number][];
}

export const staffView = view(staffRecords)(StaffView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    StaffRegistered: (_, fact) => ({
      id: fact.streamId,
      revision: 0,
      registeredAt: fact.at,
      languages: fact.data.languages,
      codeOfConduct: null,
      name: sealedPart(fact, staffNameArea),
      signIns: [],
    }),
    StaffNameCorrected: (row, fact) => row && { ...row, name: sealedPart(fact, staffNameArea) },
    LanguagesTold: (row, { data: { languages: spoken } }) => row && { ...row, languages: spoken },
    SignInJoined: (row, { data }) => row && { ...row, signIns: [...row.signIns, data] },
    CodeOfConductAccepted: (row, { data: { version } }) => row && { ...row, codeOfConduct: version },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
