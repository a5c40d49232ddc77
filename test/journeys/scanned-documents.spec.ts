import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#platform/http/free-port.js";
import { openBucket } from "../support/bucket.js";
import { download, upload } from "../support/forms.js";
import { eicar, killScanner, startScanner, type RunningScanner } from "../support/scanner.js";
import { System } from "../support/system.js";
import { caseWithConsent, eventually } from "./journey.js";

const system = new System();
let bucket: Awaited<ReturnType<typeof openBucket>>;
let scanner: RunningScanner;
let port: number;
beforeAll(async () => {
  [bucket, port] = [await openBucket(), await freePort()];
  scanner = await startScanner(port);
  await system.start({
    DOCUMENTS_S3_URL: bucket.url,
    DOCUMENTS_S3_ACCESS_KEY: bucket.accessKey,
    DOCUMENTS_S3_SECRET_KEY: bucket.secretKey,
    SCANNER_URL: scanner.hook,
  });
}, 120_000);
afterAll(async () => {
  await system.stop();
  await Promise.all([killScanner(scanner), bucket.close()]);
}, 60_000);

const scanOf = async (caseId: string) =>
  (await system.get("amina", `/v1/cases/${caseId}/state`)).body.state.documents.map(({ scan }: any) => scan);
const send = (caseId: string, text: string) =>
  upload(
    system,
    "amina",
    caseId,
    { kind: "Letter", narrative: "Invented title" },
    { bytes: Buffer.from(text), name: "letter.txt", type: "text/plain" },
  );
const handedOut = async (caseId: string, index = 0) => {
  const { documents } = (await system.get("amina", `/v1/cases/${caseId}/state`)).body.state;
  const { status, code, bytes } = await download(system, "amina", caseId, documents[index].document);
  return status === 200 ? bytes.toString() : `${status} ${code}`;
};
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());

test("a document in a bucket is sealed there, is in quarantine until it was scanned, and is then handed out", async () => {
  const caseId = await caseWithConsent(system);
  expect((await send(caseId, "Invented canary in a bucket")).status).toBe(200);
  await eventually(
    () => scanOf(caseId),
    ([scan]) => scan === "Clean",
  );
  expect(await handedOut(caseId)).toBe("Invented canary in a bucket");
  const files = filesIn(bucket.folder);
  expect(files.some((file) => file.includes(caseId))).toBe(true);
  for (const file of [...files, ...filesIn(system.environment["DOCUMENTS_DIR"]!)])
    expect(readFileSync(file).includes("Invented canary")).toBe(false);
  const history = await system.get("amina", `/v1/cases/${caseId}/history?first=200`);
  expect(history.body.items.map(({ type }: any) => type)).toEqual(expect.arrayContaining(["DocumentAdded", "DocumentReleased"]));
}, 60_000);

test("one that does harm stays in quarantine for good", async () => {
  const caseId = await caseWithConsent(system);
  await send(caseId, `Invented. ${eicar}`);
  await eventually(
    () => scanOf(caseId),
    ([scan]) => scan === "Infected",
  );
  expect(await handedOut(caseId)).toBe("409 DocumentInfected");
}, 60_000);

test("while the scanner is away, documents wait in quarantine; when it comes back they are scanned, after a restart as well", async () => {
  const caseId = await caseWithConsent(system);
  await killScanner(scanner);
  await send(caseId, "Invented, one");
  await send(caseId, "Invented, two");
  expect(await scanOf(caseId)).toEqual(["Awaited", "Awaited"]);
  expect(await handedOut(caseId)).toBe("409 DocumentInQuarantine");
  await system.restartApi();
  expect(await handedOut(caseId)).toBe("409 DocumentInQuarantine");
  scanner = await startScanner(port);
  await eventually(
    () => scanOf(caseId),
    (scans) => scans.every((scan: string) => scan === "Clean"),
    30,
  );
  expect(await handedOut(caseId, 1)).toBe("Invented, two");
}, 90_000);

test("documents that cannot be scanned hold up none behind them", async () => {
  const caseId = await caseWithConsent(system);
  await killScanner(scanner);
  for (let from = 0; from < 51; from += 3) await Promise.all([0, 1, 2].map((each) => send(caseId, `Invented, lost ${from + each}`)));
  for (const file of filesIn(bucket.folder)) if (file.includes(caseId)) rmSync(file);
  await send(caseId, "Invented, behind them");
  scanner = await startScanner(port);
  const scans = await eventually(
    () => scanOf(caseId),
    (all) => all.at(-1) === "Clean",
    40,
  );
  expect(scans.filter((scan: string) => scan === "Awaited")).toHaveLength(51);
}, 120_000);
