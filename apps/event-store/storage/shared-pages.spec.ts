import type { StoredRecord } from "../semantics/record.js";
import { SharedPages } from "./shared-pages.js";

const records = (count: number) =>
  Array.from({ length: count }, () => ({ data: Buffer.alloc(10), metadata: Buffer.alloc(0) }) as StoredRecord);

test("a page that many ask for is read once, and given to all of them", async () => {
  const pages = new SharedPages();
  let reads = 0;
  const read = async () => (reads++, records(3));
  const [one, other] = await Promise.all([pages.get("a", 3, read), pages.get("a", 3, read)]);
  expect(one).toBe(other);
  expect(await pages.get("a", 3, read)).toBe(one);
  for (let count = 0; count < 3; count++) await pages.get("b", 3, read);
  expect(reads).toBe(3);
});

test("a page that is not full, or failed, is read again", async () => {
  const pages = new SharedPages();
  await expect(pages.get("a", 3, () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await pages.get("a", 3, async () => records(2))).toHaveLength(2);
  expect(await pages.get("a", 3, async () => records(3))).toHaveLength(3);
});
