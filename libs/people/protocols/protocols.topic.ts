import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { protocolArea } from "../areas.js";
import { protocolVocabularies } from "../labels.js";
import { organisations } from "../organisations.js";
import { organisationView } from "../profile/organisation.view.js";
import { sharingProtocolView } from "./protocol.view.js";
import { EndSharingProtocol, endSharingProtocol, protocols, SignSharingProtocol, signSharingProtocol } from "./protocols.js";

export const protocolsTopic = topic(organisations, protocols, {
  state: protocolArea,
  facts: { SharingProtocolSigned: protocolArea, SharingProtocolEnded: protocolArea },
  changes: {
    Administration: [
      change(signSharingProtocol, SignSharingProtocol, may("write", protocolArea)),
      change(endSharingProtocol, EndSharingProtocol, may("write", protocolArea)),
    ],
  },
  views: [sharingProtocolView],
  lists: [
    list(sharingProtocolView, {
      name: "sharingProtocols",
      permission: may("read", protocolArea, "Administration", "Oversight"),
      filters: ["organisation"],
      sorts: ["-signedAt", "signedAt"],
      below: { organisation: () => [organisationView] },
    }),
  ],
  vocabularies: protocolVocabularies,
});
