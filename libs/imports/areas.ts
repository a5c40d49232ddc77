import { whoever } from "#access/decide.js";
import { protect } from "#access/record.js";
import { imports } from "./imports.js";

/** An import as access sees it: it belongs to no shelter. */
export const importRecord = protect(imports, {
  belongsTo: () => whoever,
  subject: () => "",
  state: { grant: "imports" },
  facts: { ImportOpened: "imports", ImportApproved: "imports", ImportEnded: "imports" },
});
