import { exampleContext, given } from "#kernel/given.js";
import type { Refusal } from "#kernel/kernel.js";
import { approveImport, endImport, imports, openImport, requireGranted, type ImportFact } from "./imports.js";

const at = "2026-01-10T08:00:00.000Z";
const until = "2026-01-20T08:00:00.000Z";
const tatu = { actor: { id: "tatu", role: "platform-administrator" } };
const vumilia = { actor: { id: "vumilia", role: "platform-administrator" } };
const opened: ImportFact = { type: "ImportOpened", data: { importer: "wema", openedBy: "tatu", until } };
const approved: ImportFact = { type: "ImportApproved", data: { approvedBy: "vumilia" } };
const ended: ImportFact = { type: "ImportEnded", data: { endedBy: "tatu" } };

describe("an import", () => {
  test("is opened for one person, until an end", () => given(imports).when(openImport, { importer: "wema", until }, tatu).then(opened));
  test("is not opened for oneself", () =>
    given(imports).when(openImport, { importer: "tatu", until }, tatu).refused("ImporterIsAdministrator"));
  test("is not opened twice", () =>
    given(imports, opened).when(openImport, { importer: "wema", until }, tatu).refused("ImportAlreadyOpened"));
  test("is not opened when it is over, and not for longer than thirty days", () => {
    given(imports).when(openImport, { importer: "wema", until: at }, tatu).refused("ImportAlreadyOver");
    given(imports)
      .when(openImport, { importer: "wema", until: "2026-02-09T08:00:00Z" }, tatu)
      .then({
        ...opened,
        data: { ...opened.data, until: "2026-02-09T08:00:00.000Z" },
      } as ImportFact);
    given(imports).when(openImport, { importer: "wema", until: "2026-02-09T08:00:00.001Z" }, tatu).refused("ImportTooLong");
  });

  test("is approved by another administrator", () => given(imports, opened).when(approveImport, {}, vumilia).then(approved));
  test("is not approved by who opened it, nor by who brings in", () => {
    given(imports, opened).when(approveImport, {}, tatu).refused("ApproverIsRequester");
    given(imports, opened)
      .when(approveImport, {}, { actor: { id: "wema", role: "importer" } })
      .refused("ApproverIsRequester");
  });
  test("that is approved already stays so", () => given(imports, opened, approved).when(approveImport, {}, vumilia).then());
  test("that has ended, or is over, is not approved", () => {
    given(imports, opened, ended).when(approveImport, {}, vumilia).refused("ImportEnded");
    given(imports, opened)
      .when(approveImport, {}, { ...vumilia, at: until, now: until })
      .refused("ImportEnded");
  });

  test("is ended early, once", () => {
    given(imports, opened, approved).when(endImport, {}, tatu).then(ended);
    given(imports, opened, ended).when(endImport, {}, tatu).then();
  });
});

describe("history is brought in", () => {
  const fold = (...facts: ImportFact[]) =>
    facts.reduce((state, fact) => imports.apply(state, fact, { at, by: tatu.actor }), imports.initial);
  const why = (person: string, now: string, ...facts: ImportFact[]) => {
    try {
      requireGranted(fold(...facts), person, { now });
      return "taken";
    } catch (error) {
      return (error as Refusal).code;
    }
  };

  test("by the person whom an approved import names, until it ends", () => {
    expect(why("wema", exampleContext().now, opened, approved)).toBe("taken");
    expect(why("wema", until, opened, approved)).toBe("ImportEnded");
  });
  test("by nobody else, and not before it is approved or after it was ended", () => {
    expect(why("amina", at, opened, approved)).toBe("ImportOfAnother");
    expect(why("wema", at, opened)).toBe("ImportNotApproved");
    expect(why("wema", at, opened, approved, ended)).toBe("ImportEnded");
    expect(why("", at)).toBe("ImportNotApproved");
  });
});
