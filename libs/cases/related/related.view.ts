import { v5 as uuidv5 } from "uuid";
import { Code, Flag, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import { relatedArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

/**
 * One side of a link between two cases. Each side is a row that concerns its own case: of the link's two rows everybody is shown those of the cases
 * to which she stands, and who stands to one alone learns no more of the other than that there is one.
 */
@ViewOf("RelatedCase", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["linkedAt", "id"],
    ["caseId", "linkedAt", "id"],
    ["link", "linkedAt", "id"],
  ],
})
export class RelatedCaseView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Reference({ area, description: "The same of both cases: the rows of a link, as far as you stand to their cases" }) link!: string;
  @Code(codes.relations, { area, description: "What the other is to her" }) relation!: codes.Relation;
  @Moment({ area, description: "Since when it is on record" }) linkedAt!: string;
  @Text({ area, description: "Who asked for it" }) requestedBy!: string;
  @Flag({ area, description: "A supervisor has checked it" }) confirmed!: boolean;
  @Moment({ area, optional: true }) confirmedAt!: string | null;
}

export const relatedCaseView = view(cases)(RelatedCaseView, {
  version: 1,
  key: ({ id, streamId, data }) => ("link" in data ? uuidv5(streamId, data.link) : id),
  project: {
    RelatedCaseLinked: (_, { streamId, at, data: { link, relation, requestedBy } }) => ({
      ...{ id: uuidv5(streamId, link), caseId: streamId, link, relation, linkedAt: at, requestedBy },
      ...{ confirmed: false, confirmedAt: null },
    }),
    RelatedCaseConfirmed: (row, { at }) => row && { ...row, confirmed: true, confirmedAt: at },
    RelatedCaseUnlinked: () => null,
  },
});
