import { ended, held, relation } from "#projection/declare/relation.js";
import { cases } from "../cases.js";
import { openedTo } from "./warrant.js";

/** Whoever has a warrant for the case, until it ends: to read what it names, in the record itself and in no list. */
export const byWarrant = relation(cases)("warrant", {
  roles: ["auditor"],
  listed: false,
  readOnly: true,
  as: ({ id }) => [id],
  holds: ({ warrants }, { holder, now }) => openedTo(warrants, holder, now).length > 0,
  opens: ({ warrants }, { holder, now }) => openedTo(warrants, holder, now),
  told: {
    WarrantIssued: ({ data: { warrant, holder, until } }) => held(holder, { key: warrant, until }),
    WarrantRevoked: ({ data: { warrant, holder } }) => ended(holder, { key: warrant }),
  },
});
