import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { FolderStore } from "#platform/documents/folder-store.js";
import { S3Store } from "#platform/documents/s3-store.js";
import { scannerAt } from "#platform/documents/scanner.js";
import { readConfig } from "#platform/configuration/config.js";
import { documentSettings, missingOf, openStore } from "#platform/documents/settings.js";
import { spooled } from "#platform/documents/spool.js";
import type { DocumentStore } from "#platform/documents/store.js";
import { freePort } from "#platform/http/free-port.js";
import { openBucket } from "../support/bucket.js";
import { eicar, killScanner, startScanner } from "../support/scanner.js";

const folderOf = () => mkdtempSync(join(tmpdir(), "hifadhi-documents-"));
let bucket: Awaited<ReturnType<typeof openBucket>>;
beforeAll(async () => void (bucket = await openBucket()));
afterAll(() => bucket.close());

async function* sent(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
async function all(store: DocumentStore) {
  const found = [];
  for await (const each of store.list()) found.push(each);
  return found;
}

describe.each([
  ["a folder", async () => FolderStore.open(folderOf())],
  ["a bucket", async () => S3Store.open({ ...bucket, spool: folderOf() })],
])("%s", (_, open) => {
  test("keeps what is whole under its name, and forgets it when it is told to", async () => {
    const store = await open();
    const name = { record: randomUUID(), content: randomUUID() };
    const bytes = randomBytes(200_000);
    const file = await spooled(store.spool, sent(bytes));
    expect(statSync(file.path).mode & 0o077).toBe(0);
    await store.keep(name, file);
    expect(existsSync(file.path)).toBe(false);
    expect((await buffer(await store.read(name))).equals(bytes)).toBe(true);
    const [kept] = (await all(store)).filter(({ record }) => record === name.record);
    expect(kept).toMatchObject(name);
    expect(Math.abs(kept!.keptAt.getTime() - Date.now())).toBeLessThan(60_000);
    await store.remove(name);
    await store.remove(name);
    await expect(store.read(name)).rejects.toMatchObject({ code: "DocumentBytesMissing" });
    expect((await all(store)).filter(({ record }) => record === name.record)).toEqual([]);
  });
  test("takes no name that leads elsewhere", async () => {
    const store = await open();
    const name = { record: "../..", content: randomUUID() };
    await expect((async () => store.read(name))()).rejects.toThrow("two ids");
    await expect((async () => store.remove(name))()).rejects.toThrow("two ids");
  });
});

test("of what does not come whole nothing is left in the spool", async () => {
  const spool = folderOf();
  async function* broken() {
    yield randomBytes(100_000);
    throw new Error("the client is gone");
  }
  await expect(spooled(spool, broken())).rejects.toThrow("the client is gone");
  expect(readdirSync(spool)).toEqual([]);
});

test("a bucket tells all it holds, however many pages that takes", async () => {
  const store = await S3Store.open({ ...bucket, spool: folderOf() });
  const record = randomUUID();
  const names = Array.from({ length: 1_005 }, () => ({ record, content: randomUUID() }));
  for (let from = 0; from < names.length; from += 50)
    await Promise.all(
      names.slice(from, from + 50).map(async (name) => store.keep(name, await spooled(store.spool, sent(Buffer.from("x"))))),
    );
  const found = (await all(store)).filter((each) => each.record === record).map(({ content }) => content);
  expect(found.toSorted()).toEqual(names.map(({ content }) => content).toSorted());
}, 60_000);

test.each([
  [{}, ["DOCUMENTS_DIR is not set"]],
  [{ DOCUMENTS_S3_URL: "https://s3.example.org/documents" }, ["DOCUMENTS_S3_ACCESS_KEY is not set", "DOCUMENTS_S3_SECRET_KEY is not set"]],
  [{ DOCUMENTS_DIR: "/documents" }, []],
])("what has to be said of documents is named where it was not: %j", (said, missing) =>
  expect(missingOf({ DOCUMENTS_S3_REGION: "us-east-1", ...said })).toEqual(missing.map((each) => expect.stringContaining(each))),
);

test.each([
  ["DOCUMENTS_S3_URL", "https://s3.example.org/"],
  ["DOCUMENTS_S3_URL", "ftp://s3.example.org/documents"],
  ["SCANNER_URL", "somewhere"],
  ["SCANNER_URL", "file:///dev/null"],
])("an address that is none is named by its variable: %s", (name, value) =>
  expect(() => readConfig(documentSettings, { [name]: value })).toThrow(`${name} is not valid`),
);

describe("where documents are kept is said before anything starts", () => {
  const set = { DOCUMENTS_S3_REGION: "us-east-1" };
  const nowhere = "http://127.0.0.1:1/documents";
  const inBucket = { ...set, DOCUMENTS_S3_URL: nowhere, DOCUMENTS_S3_ACCESS_KEY: "S3RVER", DOCUMENTS_DIR: folderOf() };
  test("a folder that cannot be written to is named", async () => {
    const file = join(folderOf(), "a file");
    writeFileSync(file, "");
    await expect(openStore({ ...set, DOCUMENTS_DIR: file })).rejects.toThrow("DOCUMENTS_DIR names a folder");
  });
  test("so is a store that does not answer, a bucket that is not there, and a wrong key", async () => {
    await expect(openStore({ ...inBucket, DOCUMENTS_S3_SECRET_KEY: "S3RVER" })).rejects.toThrow("Check DOCUMENTS_S3_URL");
    const there = { ...inBucket, DOCUMENTS_S3_URL: bucket.url };
    await expect(openStore({ ...there, DOCUMENTS_S3_SECRET_KEY: "wrong" })).rejects.toThrow("DOCUMENTS_S3_SECRET_KEY");
    const absent = { ...there, DOCUMENTS_S3_URL: bucket.url.replace("documents", "nothing"), DOCUMENTS_S3_SECRET_KEY: "S3RVER" };
    await expect(openStore(absent)).rejects.toThrow("Check the bucket");
    await openStore({ ...there, DOCUMENTS_S3_SECRET_KEY: "S3RVER" });
  });
});

describe("a scanner", () => {
  test.each(["hook", "clamd"] as const)("finds what does harm, wherever it stands, and lets the rest pass: %s", async (kind) => {
    const running = await startScanner();
    const scanner = scannerAt(running[kind]);
    expect(await scanner.isClean(sent(Buffer.from("Invented report")))).toBe(true);
    expect(await scanner.isClean(sent(randomBytes(3_000_000)))).toBe(true);
    expect(await scanner.isClean(sent(Buffer.concat([Buffer.alloc(65_500, "x"), Buffer.from(eicar), Buffer.alloc(100_000, "x")])))).toBe(
      false,
    );
    await killScanner(running);
    await expect(scanner.isClean(sent(Buffer.from("Invented report")))).rejects.toMatchObject({ code: "ScannerUnavailable" });
  });
  test("that is not there, or answers something else, has said nothing", async () => {
    for (const url of [`clamd://127.0.0.1:${await freePort()}`, bucket.url])
      await expect(scannerAt(url).isClean(sent(Buffer.from("x")))).rejects.toMatchObject({ code: "ScannerUnavailable" });
  });
});
