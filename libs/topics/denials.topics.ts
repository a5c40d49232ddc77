import { may, whoever } from "#access/decide.js";
import { denialCount, denials } from "#access/denials.js";
import { denialView } from "#access/denials.view.js";
import { list } from "#api/reads/reads.js";
import { topic, topicsOf } from "./topic.js";

const denial = topic(denials, denialCount, {
  state: "access",
  facts: { AskedInVain: "access" },
  views: [denialView],
  lists: [
    list(denialView, { name: "denials", permission: may("read", "access", "Oversight"), filters: ["record", "by"], sorts: ["-at", "at"] }),
  ],
});

/** Who asked in vain for a record, and what somebody has asked in vain. */
export const denialTopics = topicsOf(denials, { denialCount: denial }, { belongsTo: () => whoever, subject: () => "" });
