import { chmod, mkdtemp, readdir, readFile, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeyFile, keyFromFile, wrappingKey } from "./key-encryption-key.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hifadhi-key-"));
  file = join(folder, "keys", "key-encryption-key");
});
afterEach(() => rm(folder, { recursive: true }));

test("a new key file can be read by its owner only, and leaves nothing else behind", async () => {
  await createKeyFile(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file)).length).toBe(32);
  expect(await readdir(join(folder, "keys"))).toEqual(["key-encryption-key"]);
});

test("a key that is there is never overwritten, not even by two starts at once", async () => {
  await Promise.all([createKeyFile(file), createKeyFile(file), createKeyFile(file)]);
  const before = await readFile(file);
  await createKeyFile(file);
  expect(await readFile(file)).toEqual(before);
});

test("a missing key file is refused with its path and the variable to set", async () => {
  await expect(keyFromFile(file)).rejects.toThrow(`There is no key file at ${file}. Set KEY_FILE`);
});

test("a key file that others can use is refused with the command that mends it", async () => {
  await createKeyFile(file);
  await chmod(file, 0o640);
  await expect(keyFromFile(file)).rejects.toThrow(`chmod 600 ${file}`);
});

test("a key file of the wrong size is refused", async () => {
  await createKeyFile(file);
  await truncate(file, 31);
  await expect(keyFromFile(file)).rejects.toThrow("31 bytes instead of 32");
});

test("a person's key comes out as it went in", async () => {
  await createKeyFile(file);
  const wrapped = await (await keyFromFile(file)).wrap(Buffer.alloc(32, 1), "subject-1");
  expect(await (await keyFromFile(file)).unwrap(wrapped, "subject-1")).toEqual(Buffer.alloc(32, 1));
});

describe("a wrapped key does not open", () => {
  const right = wrappingKey(Buffer.alloc(32, 3));
  const wrong = { code: "WrongKeyEncryptionKey" };

  test("under another key-encryption key", async () => {
    const other = wrappingKey(Buffer.alloc(32, 4));
    expect(other.id).not.toBe(right.id);
    await expect(other.unwrap(await right.wrap(Buffer.alloc(32, 1), "subject-1"), "subject-1")).rejects.toMatchObject(wrong);
  });
  test("for another person", async () => {
    await expect(right.unwrap(await right.wrap(Buffer.alloc(32, 1), "subject-1"), "subject-2")).rejects.toMatchObject(wrong);
  });
  test("once it was cut short", async () => {
    const wrapped = await right.wrap(Buffer.alloc(32, 1), "subject-1");
    for (let length = 0; length < wrapped.length; length++)
      await expect(right.unwrap(wrapped.subarray(0, length), "subject-1")).rejects.toMatchObject(wrong);
  });
});
