import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { mostBytes, readDocument } from "./content.js";
import { archiveOf, docxOf, odtOf, pdfOf, photographOf } from "./examples.js";
import type { ClaimedType } from "./media-types.js";
import { mostPixels } from "./pictures.js";

/** As it would come: in pieces. */
async function* sent(bytes: Buffer, of = 10_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += of) yield bytes.subarray(at, at + of);
}
const read = async (bytes: Buffer, claimed: ClaimedType = {}) => {
  const { mediaType, bytes: kept } = await readDocument(sent(bytes), claimed);
  return { mediaType, kept: await buffer(kept) };
};
const refused = (bytes: Buffer, code: string, claimed?: ClaimedType) => {
  const refusal = code === "DocumentTooLarge" ? { problem: { status: 413, code } } : { code };
  return expect(read(bytes, claimed)).rejects.toMatchObject(refusal);
};
const pdf = pdfOf("Invented report");
const word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

describe("what a document is", () => {
  test.each([
    ["a PDF", pdf, "application/pdf"],
    ["a document of Word", docxOf("Invented"), word],
    ["a document of LibreOffice", odtOf(), "application/vnd.oasis.opendocument.text"],
    ["a text", Buffer.from("Maelezo yake: ameeleza vizuri.\n"), "text/plain"],
    [
      "a recording",
      Buffer.concat([Buffer.from("ID3\u0003\0\0\0\0\0\0", "latin1"), Buffer.from("fffb9064", "hex"), Buffer.alloc(417)]),
      "audio/mpeg",
    ],
    ["a recording of a phone", Buffer.concat([Buffer.from("0000001c", "hex"), Buffer.from("ftypM4A "), Buffer.alloc(300)]), "audio/mp4"],
  ])("is told by its content, and it passes as it is: %s", async (_, bytes, mediaType) => {
    const read_ = await read(bytes);
    expect(read_.mediaType).toBe(mediaType);
    expect(read_.kept.equals(bytes)).toBe(true);
  });

  test("must be what it calls itself, by its name and by its type", async () => {
    await read(pdf, { name: "Report.PDF", mediaType: "application/pdf" });
    await read(pdf, { name: "no ending", mediaType: "application/octet-stream" });
    await read(await photographOf("jpeg"), { name: "IMG_0001.jpeg", mediaType: "image/jpg" });
    await refused(pdf, "DocumentTypeDiffers", { name: "photo.jpg" });
    await refused(pdf, "DocumentTypeDiffers", { name: "report.pdf", mediaType: "image/png" });
    await refused(await photographOf("png"), "DocumentTypeDiffers", { name: "report.pdf", mediaType: "application/pdf" });
  });

  test.each([
    ["nothing", Buffer.alloc(0), "DocumentEmpty"],
    ["a program", Buffer.concat([Buffer.from("7f454c46020101", "hex"), Buffer.alloc(200)]), "DocumentTypeNotAllowed"],
    ["an archive", archiveOf([{ name: "a.txt", bytes: Buffer.from("Invented") }]), "DocumentTypeNotAllowed"],
    ["a page of the web", Buffer.from("<!doctype html><script>alert(1)</script>"), "DocumentTypeNotAllowed"],
    ["a drawing that holds a program", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "DocumentTypeNotAllowed"],
    [
      "a document of Word with a program",
      docxOf("Invented", { name: "word/vbaProject.bin", bytes: Buffer.from("x") }),
      "DocumentTypeNotAllowed",
    ],
    ["a document of Word of old", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2_000)]), "DocumentTypeNotAllowed"],
    ["bytes that are no text", Buffer.from([0x41, 0xff, 0xfe, 0x00, 0x42]), "DocumentTypeNotAllowed"],
    ["a text whose end is missing", Buffer.from("Kiswahili é").subarray(0, -1), "DocumentDamaged"],
    ["half a document of Word", docxOf("Invented").subarray(0, -30), "DocumentDamaged"],
  ])("is refused where it is not kept, with why: %s", (_, bytes, code) => refused(bytes, code));

  test("is refused where it would be kept and nobody could read it", async () => {
    await refused(pdfOf("Invented", "/Encrypt 5 0 R"), "DocumentEncrypted");
    // Wherever a piece ends.
    const long = pdfOf("x".repeat(70_000), "/Encrypt 5 0 R");
    for (const each of [1_000, 7_001, 65_536]) {
      const { bytes } = await readDocument(sent(long, each), {});
      await expect(buffer(bytes)).rejects.toMatchObject({ code: "DocumentEncrypted" });
    }
    const office = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2_000), Buffer.from("EncryptedPackage", "utf16le")]);
    await refused(office, "DocumentEncrypted");
    await refused(docxOf("Invented", { name: "secret", bytes: Buffer.from("x"), isEncrypted: true }), "DocumentEncrypted");
    await refused(odtOf("<manifest:manifest><manifest:encryption-data/></manifest:manifest>"), "DocumentEncrypted");
  });
});

describe("a document that is too large", () => {
  test("is refused as soon as that is known", async () => {
    const piece = Buffer.alloc(1_000_000, "Invented text. ");
    let taken = 0;
    async function* endless() {
      for (;;) {
        taken += piece.length;
        yield piece;
      }
    }
    const { bytes } = await readDocument(endless(), {});
    await expect(buffer(bytes)).rejects.toMatchObject({ problem: { status: 413, code: "DocumentTooLarge" } });
    expect(taken).toBeLessThan(mostBytes + 2 * piece.length);
    await refused(Buffer.concat([docxOf("x"), Buffer.alloc(mostBytes)]), "DocumentTooLarge");
    const largest = Buffer.alloc(mostBytes, "Invented text. ");
    expect((await read(largest)).kept).toHaveLength(mostBytes);
  });

  test("when it is unpacked is refused without being unpacked", async () => {
    const claims = (of: number) => docxOf("Invented", { name: "word/media/bomb", bytes: Buffer.alloc(1_000), claims: of });
    await refused(claims(300_000_000), "DocumentUnpacksTooLarge");
    expect((await read(claims(100_000_000))).mediaType).toBe(word);
    const many = Array.from({ length: 2_001 }, (_, n) => ({ name: `word/${n}`, bytes: Buffer.from("x") }));
    await refused(docxOf("Invented", ...many), "DocumentUnpacksTooLarge");
  });

  test("as a picture is refused before it is drawn", async () => {
    const side = Math.ceil(Math.sqrt(mostPixels)) + 1;
    const bomb = await sharp({ create: { width: side, height: side, channels: 3, background: "#000000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    await refused(bomb, "DocumentUnpacksTooLarge");
  }, 30_000);
});

describe("a picture", () => {
  test.each(["jpeg", "png", "webp"] as const)(
    "tells no longer where, when and by whom it was taken, and stands upright: %s",
    async (type) => {
      const taken = await photographOf(type);
      const before = await sharp(taken).metadata();
      expect(before.exif!.includes("Invented Photographer")).toBe(true);
      const { mediaType, kept } = await read(taken);
      expect(mediaType).toBe(`image/${type}`);
      const after = await sharp(kept).metadata();
      expect([after.exif, after.xmp, after.iptc, after.orientation]).toEqual([undefined, undefined, undefined, undefined]);
      expect([after.width, after.height]).toEqual([20, 40]);
      expect(kept.includes("Invented")).toBe(false);
    },
  );
  test("of which half is missing is refused", async () => {
    const whole = await photographOf("jpeg", 400, 400);
    await refused(whole.subarray(0, whole.length / 2), "DocumentDamaged");
  });
  test("keeps nothing that was hidden behind it", async () => {
    const { kept } = await read(Buffer.concat([await photographOf("jpeg"), Buffer.from("PK hidden behind it")]));
    expect(kept.includes("hidden")).toBe(false);
  });
});
