import { Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { denials } from "./denials.js";

/** Who asked for what in vain, for whoever checks it. */
@ViewOf("Denial", {
  rows: { area: "access" },
  indexes: [
    ["at", "id"],
    ["record", "at", "id"],
    ["by", "at", "id"],
  ],
})
export class DenialView {
  @Key() id!: string;
  @Moment({ area: "access" }) at!: string;
  @Text({ area: "access", description: "Who asked" }) by!: string;
  @Text({ area: "access", description: "The kind of record" }) kind!: string;
  @Reference({ area: "access", description: "The record that was asked for, whether or not it is there" }) record!: string;
  @Text({ area: "access", description: "The operation" }) route!: string;
  @Text({ area: "access", description: "read or write" }) act!: string;
  @Text({ area: "access", description: "What of the record" }) on!: string;
}

export const denialView = view(denials)(DenialView, {
  version: 1,
  key: ({ id }) => id,
  project: {
    AskedInVain: (_, { id, at, data: { by, kind, record, route, act, on } }) => ({ id, at, by, kind, record, route, act, on }),
  },
});
