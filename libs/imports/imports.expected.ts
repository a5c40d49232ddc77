import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    openImport: right("write", "imports", "begun"),
    ...eachOf(["approveImport", "endImport"], right("write", "imports", "an import")),
    bringIn: right("write", "imported", "an import"),
    ...eachOf(["importHistory", "importState"], right("read", "imports", "an import")),
  },
  answers: {
    BroughtIn: eachOf(["receipts", "refused", "problem"], "open"),
    ImportReceipt: eachOf(["id", "revision"], "open"),
  },
  // The example is of a time that has passed; an import is open to one person alone.
  refusesTheLeast: ["openImport", "bringIn"],
  states: { import: { grant: "imports" } },
  facts: eachOf(["ImportOpened", "ImportApproved", "ImportEnded"], "imports"),
  begin: {
    "an import": async ({ done }) => {
      const until = new Date(Date.now() + 86_400_000).toISOString();
      return (await done("platform-administrator", "/v1/imports/open-import", { importer: "nobody", until })).id;
    },
  },
};
