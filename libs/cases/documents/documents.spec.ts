import { exampleContext, fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import { isSpent, requireHandedOut, type DocumentFact, type KnownDocument } from "./documents.js";
import { addDocument, mostDocuments, tellScan, withdrawDocument } from "./keeping.js";

const now = "2026-01-10T08:00:00.000Z";
const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const girl: IntakeFact = { ...opened, data: { ...(opened.data as object), ageBand: "9-17" } } as IntakeFact;
const closed = { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const;
const sent = { mediaType: "application/pdf", size: 1_000, fingerprint: "f-1" };
const request = { kind: "Report", legal: "Invented title", ...sent } as const;
const kept = (isScanned = false) => ({ content: "c-1", sealedSha256: "s-1", isScanned });
const added = (over: Partial<Extract<DocumentFact, { type: "DocumentAdded" }>["data"]> = {}): DocumentFact => ({
  type: "DocumentAdded",
  data: {
    ...{ document: "id-1", content: "c-1", about: "legal", kind: "Report", ...sent, sealedSha256: "s-1", scan: "NotScanned" },
    ...over,
  },
  personal: { "p-1": { legal: { title: "Invented title" } } },
});
const photos = (over: object = {}): ConsentFact => ({
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "PhotoMedia", recipients: ["o-1"], dataClasses: ["identity"], givenBy: "self" },
    ...{ evidence: "Signature", expiresAt: "2026-06-01T00:00:00.000Z", ...over },
  },
});
const withdrawn: DocumentFact = { type: "DocumentWithdrawn", data: { document: "id-1", reason: "SheAskedForIt" } };

describe("a document of her case", () => {
  test("is added while her case is open, in follow-up as well", () => {
    given(cases, opened).when(addDocument(kept()), request).then(added());
    given(cases, opened, { type: "FollowUpStarted", data: { episode: 1 } })
      .when(addDocument(kept()), request)
      .then(added());
    given(cases, opened, closed).when(addDocument(kept()), request).refused("CaseNotOpen");
  });
  test("is in quarantine from the beginning, where documents are scanned", () =>
    given(cases, opened)
      .when(addDocument(kept(true)), request)
      .then(added({ scan: "Awaited" })));
  test("is no picture of her without her consent to be photographed, and none of a child", () => {
    const picture = { ...sent, kind: "Photograph", identity: "Invented title" } as const;
    const kind = { kind: "Photograph", about: "identity" } as const;
    const taken = { ...added(kind), personal: { "p-1": { identity: { title: "Invented title" } } } } as DocumentFact;
    given(cases, opened, photos()).when(addDocument(kept()), picture).then(taken);
    given(cases, opened).when(addDocument(kept()), picture).refused("PhotographNotConsented");
    given(cases, opened, photos({ purpose: "Interview" }))
      .when(addDocument(kept()), picture)
      .refused("PhotographNotConsented");
    given(cases, opened, photos(), { type: "ConsentWithdrawn", data: { consentId: "c-1" } })
      .when(addDocument(kept()), picture)
      .refused("PhotographNotConsented");
    given(cases, girl, photos({ givenBy: "guardian", childAssents: true }))
      .when(addDocument(kept()), picture)
      .refused("NoPhotographsOfChildren");
    // What is a picture of something else tells nothing of how she looks.
    given(cases, opened)
      .when(addDocument(kept()), { ...request, kind: "Photograph" })
      .then(added({ kind: "Photograph" }));
  });
  test("has one title, whose class it is of", () => {
    given(cases, opened)
      .when(addDocument(kept()), { kind: "Report", ...sent })
      .refused("OneTitleOfDocument");
    given(cases, opened)
      .when(addDocument(kept()), { ...request, health: "Another title" })
      .refused("OneTitleOfDocument");
  });
  test("is one, however often it is sent; in another class, or after it was withdrawn, it is another one", () => {
    given(cases, opened, added()).when(addDocument(kept()), request).then();
    given(cases, opened, added({ fingerprint: "f-2" }))
      .when(addDocument(kept()), request)
      .then(added());
    given(cases, opened, added({ about: "health" }))
      .when(addDocument(kept()), request)
      .then(added());
    given(cases, opened, added(), withdrawn).when(addDocument(kept()), request).then(added());
  });
  test("is the last of a hundred that her case holds; one that was withdrawn does not count", () => {
    const others = (count: number) => Array.from({ length: count }, (_, n) => added({ document: `d-${n}`, fingerprint: `other ${n}` }));
    given(cases, opened, ...others(mostDocuments - 1))
      .when(addDocument(kept()), request)
      .then(added());
    given(cases, opened, ...others(mostDocuments))
      .when(addDocument(kept()), request)
      .refused("TooManyDocuments");
    // Sent again, it is there already.
    given(cases, opened, ...others(mostDocuments - 1), added())
      .when(addDocument(kept()), request)
      .then();
    given(cases, opened, ...others(mostDocuments - 1), added({ fingerprint: "f-2" }), withdrawn)
      .when(addDocument(kept()), request)
      .then(added());
  });
});

describe("a document is withdrawn", () => {
  const ask = { document: "id-1", reason: "SheAskedForIt" } as const;
  test("by whoever added it, once, also when her case is closed", () => {
    given(cases, opened, added()).when(withdrawDocument, ask).then(withdrawn);
    given(cases, opened, added(), closed).when(withdrawDocument, ask).then(withdrawn);
    given(cases, opened, added(), withdrawn).when(withdrawDocument, ask).then();
    given(cases, opened).when(withdrawDocument, ask).refused("DocumentUnknown");
  });
  test("or by a supervisor, and by nobody else", () => {
    const as = (role: string) => given(cases, opened, added()).when(withdrawDocument, ask, { actor: { id: "another", role } });
    as("supervisor").then(withdrawn);
    as("lawyer").refused("NotTheAuthor");
  });
});

test("what a scanner finds counts once, and nothing that does harm is let out later", () => {
  const awaited = added({ scan: "Awaited" });
  const released: DocumentFact = { type: "DocumentReleased", data: { document: "id-1" } };
  const quarantined: DocumentFact = { type: "DocumentQuarantined", data: { document: "id-1" } };
  const found = (clean: boolean) => ({ document: "id-1", clean });
  given(cases, opened, awaited).when(tellScan, found(true)).then(released);
  given(cases, opened, awaited).when(tellScan, found(false)).then(quarantined);
  given(cases, opened, awaited, quarantined).when(tellScan, found(true)).then();
  given(cases, opened, awaited, released).when(tellScan, found(false)).then();
  given(cases, opened, added()).when(tellScan, found(false)).then();
  given(cases, opened).when(tellScan, found(true)).then();
});

describe("whether a document is handed out", () => {
  const times = exampleContext();
  const after = (...facts: (IntakeFact | ConsentFact)[]) =>
    fold(
      cases,
      facts.map((each) => on(now, each)),
    );
  const woman = after(opened);
  const of = (over: Partial<KnownDocument>) => ({ scan: "Clean", withdrawn: null, ...over }) as KnownDocument;
  test.each([{}, { scan: "NotScanned" }] as const)("it is: %j", (over) => {
    requireHandedOut(woman, of(over), times);
    expect(isSpent(of(over))).toBe(false);
  });
  test.each([
    [{ scan: "Awaited" }, "DocumentInQuarantine", false],
    [{ scan: "Infected" }, "DocumentInfected", true],
    [{ withdrawn: now }, "DocumentIsWithdrawn", true],
  ] as const)("it is not, and its bytes are kept no longer where it never will be: %j", (over, code, spent) => {
    expect(() => requireHandedOut(woman, of(over), times)).toThrow(code);
    expect(isSpent(of(over))).toBe(spent);
  });
  test("a photograph of her is, for as long as she consents to it, and none of a child", () => {
    const picture = of({ kind: "Photograph", about: "identity" });
    const asked =
      (...facts: (IntakeFact | ConsentFact)[]) =>
      () =>
        requireHandedOut(after(...facts), picture, times);
    expect(asked(opened, photos())).not.toThrow();
    expect(asked(opened, photos(), { type: "ConsentWithdrawn", data: { consentId: "c-1" } })).toThrow("PhotographNotConsented");
    expect(asked(girl, photos({ givenBy: "guardian", childAssents: true }))).toThrow("NoPhotographsOfChildren");
    expect(() => requireHandedOut(woman, of({ kind: "Photograph", about: "safety" }), times)).not.toThrow();
  });
  test.each(["identity", "narrative", "health", "psychosocial"] as const)("a photograph that is of her %s is one of her", (about) =>
    expect(() => requireHandedOut(woman, of({ kind: "Photograph", about }), times)).toThrow("PhotographNotConsented"),
  );
});

describe("a photograph that is told of late", () => {
  const [before, then, after] = ["2026-01-02T08:00:00.000Z", "2026-01-05T08:00:00.000Z", "2026-01-08T08:00:00.000Z"];
  const picture = { ...sent, kind: "Photograph", identity: "Invented title" } as const;
  const withdrawal: ConsentFact = { type: "ConsentWithdrawn", data: { consentId: "c-1" } };
  const ofAge = (isChild: boolean): IntakeFact =>
    ({ type: "AgeAssessed", data: { method: "Document", isChild, knownFrom: "Document" } }) as IntakeFact;
  test("needs her consent when it was taken, and now", () => {
    given(cases, on(before, opened), on(after, photos()))
      .when(addDocument(kept()), picture, { at: then })
      .refused("PhotographNotConsented");
    given(cases, on(before, opened), on(before, photos()), on(after, withdrawal))
      .when(addDocument(kept()), picture, { at: then })
      .refused("PhotographNotConsented");
  });
  test("is of no child, then or by what is known now", () => {
    const consenting = photos({ givenBy: "guardian", childAssents: true });
    given(cases, on(before, girl), on(before, consenting), on(after, ofAge(false)))
      .when(addDocument(kept()), picture, { at: then })
      .refused("NoPhotographsOfChildren");
    given(cases, on(before, opened), on(before, consenting), on(after, ofAge(true)))
      .when(addDocument(kept()), picture, { at: then })
      .refused("NoPhotographsOfChildren");
  });
});
