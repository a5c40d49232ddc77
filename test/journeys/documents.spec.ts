import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { docxOf, pdfOf, photographOf, relationOf } from "#platform/documents/examples.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { System } from "../support/system.js";
import { download, formOf, upload } from "../support/forms.js";
import { assign, caseWithConsent, consent, eventually } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const folder = () => system.environment["DOCUMENTS_DIR"]!;
/** Every file that is kept, whole or not. */
const filesIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? filesIn(join(path, each.name)) : [join(path, each.name)],
  );
const keptOf = (caseId: string) => filesIn(folder()).filter((file) => file.includes(caseId));
const known = async (caseId: string): Promise<any[]> => (await system.get("amina", `/v1/cases/${caseId}/state`)).body.state.documents;
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => (status < 300 ? "added" : `${status} ${body.code}`);
const titled = { kind: "Report", legal: "Invented title" };

test("a worker adds a document, her colleagues find it, and who may read of it downloads it, which is on record", async () => {
  const caseId = await caseWithConsent(system);
  for (const colleague of ["khadija", "musa"]) await assign(system, caseId, colleague);
  const canary = `Invented canary ${randomUUID()}`;
  const plain = pdfOf(canary);
  expect(outcome(await upload(system, "musa", caseId, titled, { bytes: plain }))).toBe("added");
  const [{ document }] = await known(caseId);

  // Nothing of it lies anywhere but sealed, for the owner of the folder alone.
  const [file, ...others] = keptOf(caseId);
  expect(others).toEqual([]);
  for (const each of filesIn(folder())) expect(readFileSync(each).includes(canary)).toBe(false);
  expect(statSync(file!).mode & 0o077).toBe(0);

  const listed = await eventually(
    () => system.get("khadija", `/v1/documents?caseId=${caseId}`),
    ({ body }) => body.items.length > 0,
  );
  expect(listed.body.items[0]).toMatchObject({
    id: document,
    about: "legal",
    kind: "Report",
    mediaType: "application/pdf",
    size: plain.length,
  });
  const titles = async (who: string) => (await system.get(who, `/v1/cases/${caseId}`)).body.documentTitles;
  expect((await titles("musa")).legal).toEqual([expect.objectContaining({ title: "Invented title" })]);
  expect((await titles("khadija")).legal).toBeNull();
  const query = `query ($id: ID!) { case(id: $id) { documents { items { id scan } } documentTitles { legal { title } } } }`;
  const byGraphql = await system.graphql("musa", query, { id: caseId });
  expect(byGraphql.body.data.case.documents.items).toEqual([{ id: document, scan: "NotScanned" }]);

  const got = await download(system, "musa", caseId, document);
  expect(got.status).toBe(200);
  expect(got.bytes.equals(plain)).toBe(true);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    "content-disposition": `attachment; filename="document-${document}.pdf"`,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-type": "application/pdf",
  });
  // A nurse reads nothing legal; who is not in the team learns of nothing.
  expect(await download(system, "khadija", caseId, document)).toMatchObject({ status: 404, code: "NotFound" });
  expect(await download(system, "baraka", caseId, document)).toMatchObject({ status: 404, code: "NotFound" });
  expect(await download(system, "musa", caseId, randomUUID())).toMatchObject({ status: 404, code: "NotFound" });
  expect(outcome(await upload(system, "khadija", caseId, titled, { bytes: plain }))).toBe("403 FieldNotAllowed");

  const seen = await eventually(
    () => system.get("rehema", `/v1/cases/${caseId}/access`),
    ({ body }) => JSON.stringify(body).includes(document),
  );
  const disclosed = seen.body.items.filter(({ data }: any) => data.route === "downloadDocument" && data.subjects);
  expect(disclosed).toHaveLength(1);
  expect(disclosed[0].data).toMatchObject({ classes: ["legal"], fields: [`documents.${document}`], purpose: "CaseManagement" });
}, 60_000);

test("a file that is wrong is refused with why, and nothing of it is kept", async () => {
  const caseId = await caseWithConsent(system);
  const send = async (fields: Record<string, string>, file: object) =>
    outcome(await upload(system, "amina", caseId, fields, { bytes: pdfOf("Invented"), ...file }));
  expect(await send(titled, { bytes: Buffer.alloc(0) })).toBe("409 DocumentEmpty");
  expect(await send(titled, { bytes: await photographOf("png") })).toBe("409 DocumentTypeDiffers");
  expect(await send(titled, { bytes: pdfOf("Invented", "/Encrypt 5 0 R") })).toBe("409 DocumentEncrypted");
  const bomb = docxOf("Invented", { name: "word/media/bomb", bytes: Buffer.alloc(1_000), claims: 400_000_000 });
  expect(await send(titled, { bytes: bomb, name: "letter.docx", type: "" })).toBe("409 DocumentUnpacksTooLarge");
  expect(await send(titled, { bytes: randomBytes(5_000), name: "letter", type: "" })).toBe("409 DocumentTypeNotAllowed");
  const elsewhere = 'Type="https://example.org/relationships/attachedTemplate" Target="https://example.org/x" TargetMode="External"';
  const fetching = docxOf("Invented", relationOf(elsewhere));
  expect(await send(titled, { bytes: fetching, name: "letter.docx", type: "" })).toBe("409 DocumentActive");
  expect(await send(titled, { bytes: pdfOf("Invented", "/OpenAction << /S /JavaScript >>") })).toBe("409 DocumentActive");
  expect(await send({ kind: "Report" }, {})).toBe("409 OneTitleOfDocument");
  expect(await send({ ...titled, kind: "Novel" }, {})).toBe("400 RequestInvalid");
  expect(await send({ ...titled, mediaType: "text/html" }, {})).toBe("400 RequestInvalid");
  const large = Buffer.concat([pdfOf("Invented"), randomBytes(20_000_000)]);
  expect(await send(titled, { bytes: large })).toBe("413 DocumentTooLarge");
  const json = await system.post("amina", `/v1/cases/${caseId}/add-document`, titled);
  expect(outcome(json)).toBe("415 MediaTypeUnsupported");
  expect(keptOf(caseId)).toEqual([]);
  expect(await known(caseId)).toEqual([]);
  expect(filesIn(join(folder(), "incoming"))).toEqual([]);

  // What is right is kept up to twenty million bytes; of a photograph all but where and by whom it was taken.
  const largest = Buffer.concat([pdfOf("Invented"), randomBytes(20_000_000 - pdfOf("Invented").length)]);
  expect(await send(titled, { bytes: largest })).toBe("added");
  const photograph = await photographOf("jpeg");
  expect(await send({ kind: "Photograph", safety: "Invented" }, { bytes: photograph, name: "IMG.JPG", type: "image/jpeg" })).toBe("added");
  const [whole, picture] = await known(caseId);
  expect((await download(system, "amina", caseId, whole.document)).bytes.equals(largest)).toBe(true);
  const { bytes } = await download(system, "amina", caseId, picture.document);
  expect([photograph.includes("Invented Photographer"), bytes.includes("Invented Photographer")]).toEqual([true, false]);
}, 120_000);

test("a photograph of her is handed out for as long as she consents to it", async () => {
  const caseId = await caseWithConsent(system);
  const doing = (verb: string, body: object) => system.post("amina", `/v1/cases/${caseId}/${verb}`, body);
  const photograph = { bytes: await photographOf("jpeg"), name: "IMG.JPG", type: "image/jpeg" };
  const send = async () => outcome(await upload(system, "amina", caseId, { kind: "Photograph", identity: "Invented title" }, photograph));
  expect(await send()).toBe("409 PhotographNotConsented");
  await doing("give-consent", { ...consent, purpose: "PhotoMedia" });
  expect(await send()).toBe("added");
  const [{ document }] = await known(caseId);
  expect((await download(system, "amina", caseId, document)).status).toBe(200);
  const { consents } = (await system.get("amina", `/v1/cases/${caseId}/state`)).body.state;
  const { id } = consents.given.find(({ purpose }: any) => purpose === "PhotoMedia");
  expect((await doing("withdraw-consent", { consentId: id })).status).toBe(200);
  expect(await download(system, "amina", caseId, document)).toMatchObject({ status: 409, code: "PhotographNotConsented" });
}, 60_000);

test("the same request sent again is answered the same, and one document is kept", async () => {
  const caseId = await caseWithConsent(system);
  const key = randomUUID();
  const send = (text: string, again = key) => upload(system, "amina", caseId, titled, { bytes: pdfOf(text) }, { key: again });
  const [first, repeated] = [await send("Invented"), await send("Invented")];
  expect([repeated.status, repeated.body]).toEqual([first.status, first.body]);
  expect(outcome(await send("Another"))).toBe("422 KeyReused");
  // Under another key it is there already.
  expect((await send("Invented", randomUUID())).status).toBe(200);
  expect(await known(caseId)).toHaveLength(1);
  expect(keptOf(caseId)).toHaveLength(1);
  const [{ document }] = await known(caseId);
  expect((await download(system, "amina", caseId, document)).status).toBe(200);
}, 60_000);

test("of two workers who add a hundredth document at once, one is told that there is no more room", async () => {
  const caseId = await caseWithConsent(system);
  await assign(system, caseId, "musa");
  for (let from = 0; from < 99; from += 3)
    await Promise.all(
      [0, 1, 2].map(async (each) =>
        expect(outcome(await upload(system, "amina", caseId, titled, { bytes: pdfOf(`Invented ${from + each}`) }))).toBe("added"),
      ),
    );
  const elsewhere = await system.startAnotherApi();
  const byMusa = async () => {
    const headers = { authorization: `Bearer ${await system.token("musa", elsewhere)}` };
    const body = formOf(titled, { bytes: pdfOf("Invented by Musa") });
    const response = await fetch(`${elsewhere}/v1/cases/${caseId}/add-document`, { method: "POST", headers, body });
    return outcome({ status: response.status, body: (await response.json()) as { code?: string } });
  };
  const byAmina = async () => outcome(await upload(system, "amina", caseId, titled, { bytes: pdfOf("Invented by Amina") }));
  expect((await Promise.all([byAmina(), byMusa()])).toSorted()).toEqual(["409 TooManyDocuments", "added"]);
  expect(await known(caseId)).toHaveLength(100);
  expect(keptOf(caseId)).toHaveLength(100);

  // One that is withdrawn makes room, and is handed out no more.
  const mine = (await known(caseId)).find(({ withdrawn }) => withdrawn === null);
  const withdraw = (who: string) =>
    system.post(who, `/v1/cases/${caseId}/withdraw-document`, { document: mine.document, reason: "AddedTwice" });
  expect(outcome(await withdraw("musa"))).toBe("409 NotTheAuthor");
  expect(outcome(await withdraw("amina"))).toBe("added");
  expect(await download(system, "amina", caseId, mine.document)).toMatchObject({ status: 409, code: "DocumentIsWithdrawn" });
  expect(outcome(await upload(system, "amina", caseId, titled, { bytes: pdfOf("Invented at last") }))).toBe("added");
}, 120_000);

test("an api that is killed in the midst of an upload leaves no document, and what was left of it is removed", async () => {
  const caseId = await caseWithConsent(system);
  const boundary = "invented";
  const headers = {
    authorization: `Bearer ${await system.token("amina")}`,
    "content-type": `multipart/form-data; boundary=${boundary}`,
  };
  const sending = request(`${system.base}/v1/cases/${caseId}/add-document`, { method: "POST", headers });
  sending.on("error", () => undefined);
  for (const [name, value] of Object.entries(titled))
    sending.write(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  sending.write(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.mp3"\r\ncontent-type: audio/mpeg\r\n\r\n`);
  const recording = [Buffer.from("ID3\u0003\0\0\0\0\0\0", "latin1"), Buffer.from("fffb9064", "hex"), Buffer.alloc(417)];
  sending.write(Buffer.concat([...recording, Buffer.from("Invented canary"), randomBytes(3_000_000)]));
  const spool = join(folder(), "incoming");
  await eventually(
    async () => filesIn(spool).filter((file) => statSync(file).size > 1_000_000),
    (files) => files.length === 1,
  );
  await system.killApi();
  const [left] = filesIn(spool);
  expect(readFileSync(left!).includes("Invented canary")).toBe(false);
  await system.restartApi();
  const aged = (file: string) => utimesSync(file, new Date(0), new Date(0));
  aged(left!);
  // Bytes of which nothing is on record: the api was killed between keeping them and telling of them.
  const kept = await uploaded(caseId, "Invented and kept");
  const [file] = keptOf(caseId);
  const orphan = join(folder(), caseId, randomUUID());
  writeFileSync(orphan, readFileSync(file!));
  for (const each of [orphan, file!]) aged(each);
  const young = join(folder(), caseId, randomUUID());
  writeFileSync(young, "still on its way");
  await system.restartApi();
  await eventually(
    async () => [...filesIn(spool), ...keptOf(caseId)].toSorted(),
    (files) => files.length === 2 && files.includes(file!) && files.includes(young),
  );
  expect(await known(caseId)).toHaveLength(1);
  expect((await download(system, "amina", caseId, kept)).status).toBe(200);
}, 120_000);

/** Adds a document as Amina and answers its id. */
async function uploaded(caseId: string, text: string): Promise<string> {
  expect(outcome(await upload(system, "amina", caseId, titled, { bytes: pdfOf(text) }))).toBe("added");
  return (await known(caseId)).at(-1).document;
}

test("a document whose bytes were changed or lost in the store is handed out to nobody as if it were whole", async () => {
  const caseId = await caseWithConsent(system);
  const document = await uploaded(caseId, "Invented");
  const [file] = keptOf(caseId);
  const whole = readFileSync(file!);
  const changed = Buffer.from(whole);
  changed[whole.length - 20]! ^= 1;
  writeFileSync(file!, changed);
  expect(await download(system, "amina", caseId, document)).toMatchObject({ status: 500, code: "DocumentBytesDamaged" });
  // The bytes of another case open nowhere else.
  const otherCase = await caseWithConsent(system);
  await uploaded(otherCase, "Invented otherwise");
  writeFileSync(file!, readFileSync(keptOf(otherCase)[0]!));
  expect(await download(system, "amina", caseId, document)).toMatchObject({ status: 500, code: "DocumentBytesDamaged" });
  rmSync(file!);
  expect(await download(system, "amina", caseId, document)).toMatchObject({ status: 500, code: "DocumentBytesDamaged" });
  // A large one is cut: it breaks off, and is never taken for whole.
  expect(
    outcome(await upload(system, "amina", caseId, titled, { bytes: Buffer.concat([pdfOf("Invented"), randomBytes(1_000_000)]) })),
  ).toBe("added");
  const large = (await known(caseId)).at(-1);
  const path = keptOf(caseId).find((each) => each.endsWith(large.content))!;
  writeFileSync(path, readFileSync(path).subarray(0, 600_000));
  await expect(download(system, "amina", caseId, large.document)).rejects.toThrow();
}, 60_000);

test("with her key her documents are gone: nobody opens them, and their bytes are removed", async () => {
  const caseId = await caseWithConsent(system);
  const document = await uploaded(caseId, "Invented");
  const environment = system.environment as Record<string, string>;
  const seal = await openSeal({ keyringUrl: environment["KEYRING_URL"]!, key: await keyFromFile(environment["KEY_FILE"]!) });
  const { subject } = (await system.get("amina", `/v1/cases/${caseId}/state`)).body.state.intake;
  await seal.destroy(subject, { reason: "own-request", authorisedBy: ["dpo-1", "supervisor-1"] });
  await seal.close();
  await eventually(
    () => download(system, "amina", caseId, document),
    ({ status }) => status === 404,
  );
  expect(outcome(await upload(system, "amina", caseId, titled, { bytes: pdfOf("Invented") }))).toBe("409 SubjectErased");
  for (const file of keptOf(caseId)) utimesSync(file, new Date(0), new Date(0));
  await system.restartApi();
  await eventually(
    async () => keptOf(caseId),
    (files) => files.length === 0,
  );
}, 60_000);
