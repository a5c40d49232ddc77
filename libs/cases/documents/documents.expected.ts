import { eachOf, right, type Expectation } from "#access/expectation.js";

const classes = ["identity", "narrative", "health", "psychosocial", "legal", "perpetrator", "safety"] as const;
const eachItsOwn = Object.fromEntries(classes.map((each) => [each, each]));

/** As a browser would send it. */
function form(fields: Record<string, string>, text: string): FormData {
  const sent = new FormData();
  for (const [name, value] of Object.entries(fields)) sent.append(name, value);
  sent.append("file", new File([text], "invented.txt", { type: "text/plain" }));
  return sent;
}

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["addDocument", "withdrawDocument"], right("write", "document", "a case")),
    documents: right("read", "document", "all"),
    caseDocuments: right("read", "document", "a case"),
    downloadDocument: right("read", "document", "a case"),
  },
  byRestAlone: ["addDocument", "downloadDocument"],
  personal: { addDocument: eachItsOwn },
  answers: {
    Document: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "fact", "about", "kind", "mediaType", "size", "addedBy", "addedAt", "scan"], "document"),
      ...eachOf(["withdrawnAt", "withdrawnBecause"], "document"),
    },
    CaseDocuments: { ...eachOf(["id", "stale", "skipped"], "open"), ...eachItsOwn },
  },
  states: { case: { documents: "document" } },
  facts: eachOf(["DocumentAdded", "DocumentReleased", "DocumentQuarantined", "DocumentWithdrawn"], "document"),
  cells: {
    document: {
      ...eachOf(["shelter-case-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(["shelter-manager", "auditor"], "R" as const),
    },
  },
  // No scanner is there.
  notInStories: ["DocumentReleased", "DocumentQuarantined"],
  told: { DocumentAdded: { title: "Invented title" } },
  story: async ({ resident, done, state }) => {
    const add = (role: string, about: string, text: string) =>
      done(role, `/v1/cases/${resident}/add-document`, form({ kind: "Report", [about]: "Invented title" }, text));
    for (const about of ["identity", "narrative", "perpetrator", "safety"]) await add("shelter-case-manager", about, `Invented: ${about}`);
    await add("nurse", "health", "Invented findings");
    await add("psychologist", "psychosocial", "Invented findings");
    await add("lawyer", "legal", "Invented advice");
    await add("lawyer", "legal", "Invented advice, added by mistake");
    const { documents } = (await state(`/v1/cases/${resident}`)) as { documents: { document: string }[] };
    await done("lawyer", `/v1/cases/${resident}/withdraw-document`, { document: documents.at(-1)!.document, reason: "WrongPerson" });
  },
};
