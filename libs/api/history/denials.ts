import { may } from "#access/decide.js";
import { denialView } from "#access/denials.view.js";
import { list } from "../reads/reads.js";

/** Who asked in vain for a record, and what somebody has asked in vain. */
export const denialOperations = [
  list(denialView, { name: "denials", permission: may("read", "access"), filters: ["record", "by"], sorts: ["-at", "at"] }),
];
