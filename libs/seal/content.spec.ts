import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { PersonKey } from "./box.js";
import { chunkBytes, openingContent, sealedLength, sealingContent, type ContentPlace } from "./content.js";

const place: ContentPlace = { stream: "case-1", content: "c-1", subject: "p-1", class: "health" };
const secret = randomBytes(32);
const person = () => new PersonKey(Buffer.from(secret));
const header = 37;
const sealedChunk = chunkBytes + 16;

/** In pieces of that size. */
const inPieces = (bytes: Buffer, of: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / of) }, (_, index) => bytes.subarray(index * of, (index + 1) * of));
const sealed = (plain: Buffer, pieces = 10_000): Promise<Buffer> =>
  buffer(sealingContent(person(), place)(Readable.from(inPieces(plain, pieces))));
const opened = (bytes: Buffer, at = place, whose = person(), pieces = 7_000): Promise<Buffer> =>
  buffer(openingContent(whose, at)(Readable.from(inPieces(bytes, pieces))));
const refused = (bytes: Buffer, ...more: any[]) =>
  expect(opened(bytes, ...more)).rejects.toMatchObject({ code: expect.stringMatching(/^Seal(Tampered|Malformed)$/) });

const lengths = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, 3 * chunkBytes + 5];

test.each(lengths)("a document of %i bytes is sealed and opened again, in whatever pieces it comes", async (length) => {
  const plain = randomBytes(length);
  const bytes = await sealed(plain);
  expect(bytes).toHaveLength(sealedLength(length));
  expect((await opened(bytes)).equals(plain)).toBe(true);
  expect((await opened(bytes, place, person(), bytes.length)).equals(plain)).toBe(true);
  expect(await sealed(plain)).not.toEqual(bytes);
});

test("whatever its length and its pieces, it comes back as it was", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 3 * chunkBytes }),
      fc.integer({ min: 1_000, max: 200_000 }),
      fc.integer({ min: 1_000, max: 200_000 }),
      async (length, written, read) => {
        const plain = randomBytes(length);
        return (await opened(await sealed(plain, written), place, person(), read)).equals(plain);
      },
    ),
    { numRuns: 25 },
  ));

test("one byte that was changed anywhere is noticed", async () => {
  const bytes = await sealed(randomBytes(2 * chunkBytes + 100));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(bytes);
      changed[at]! ^= by;
      await refused(changed);
    }),
    { numRuns: 40 },
  );
});

test("a document that was cut anywhere, also between two chunks, does not open to its end", async () => {
  const bytes = await sealed(randomBytes(2 * chunkBytes + 100));
  for (const length of [0, 10, header, header + 5, header + sealedChunk, header + 2 * sealedChunk, bytes.length - 1])
    await refused(bytes.subarray(0, length));
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => refused(bytes.subarray(0, length))),
    { numRuns: 25 },
  );
  await refused(Buffer.concat([bytes, Buffer.alloc(1)]));
});

test("chunks that were swapped, repeated, left out or brought from another document are noticed", async () => {
  const [bytes, other] = [await sealed(randomBytes(3 * chunkBytes)), await sealed(randomBytes(3 * chunkBytes))];
  const parts = (of: Buffer) => [of.subarray(0, header), ...inPieces(of.subarray(header), sealedChunk)];
  const [head, one, two, last] = parts(bytes) as [Buffer, Buffer, Buffer, Buffer];
  await refused(Buffer.concat([head, two, one, last]));
  await refused(Buffer.concat([head, one, one, two, last]));
  await refused(Buffer.concat([head, one, last]));
  await refused(Buffer.concat([head, one, two, last, last]));
  await refused(Buffer.concat([head, one, parts(other)[2]!, last]));
  expect(await opened(Buffer.concat([head, one, two, last]))).toHaveLength(3 * chunkBytes);
});

test("it opens only in its own case, as itself, for the person and the class that it was sealed for", async () => {
  const bytes = await sealed(Buffer.from("Invented report"));
  for (const over of [{ stream: "case-2" }, { content: "c-2" }, { subject: "p-2" }, { class: "legal" }])
    await refused(bytes, { ...place, ...over });
  await refused(bytes, place, new PersonKey(randomBytes(32)));
  await refused(Buffer.from("Invented report that nobody has sealed, and that is long enough"));
});
