import { Code, Key, Moment, Reference, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { protocolArea as area } from "../areas.js";
import { organisations } from "../organisations.js";
import { protocolEndings, type ProtocolEnding } from "../vocabulary.js";

/** With whom an organisation may share data, or could. */
@ViewOf("SharingProtocol", {
  about: ["organisation", "organisation"],
  concerns: ["organisation", "organisation"],
  indexes: [
    ["signedAt", "id"],
    ["organisation", "signedAt", "id"],
  ],
})
export class SharingProtocolView {
  @Key() id!: string;
  @Reference({ area }) organisation!: string;
  @Reference({ area, description: "The other organisation" }) partner!: string;
  @Moment({ area }) signedAt!: string;
  @Moment({ area, description: "It allows nothing from then on" }) until!: string;
  @Moment({ area, optional: true, description: "When it was ended before" }) endedAt!: string | null;
  @Code(protocolEndings, { area, optional: true }) reason!: ProtocolEnding | null;
}

export const sharingProtocolView = view(organisations)(SharingProtocolView, {
  version: 1,
  key: ({ streamId, data }) => `${streamId} ${"partner" in data ? data.partner : ""}`,
  project: {
    SharingProtocolSigned: (_, { streamId, at, data: { partner, until } }) => ({
      id: `${streamId} ${partner}`,
      organisation: streamId,
      partner,
      signedAt: at,
      until,
      endedAt: null,
      reason: null,
    }),
    SharingProtocolEnded: (row, { at, data: { reason } }) => row && { ...row, endedAt: at, reason },
  },
});
