import { buffer } from "node:stream/consumers";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { mostBytes, readDocument } from "./content.js";
import { archiveOf, docxOf, odtOf, pdfOf, photographOf, relationOf } from "./examples.js";
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
    ["a document of Word of old", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2_000)]), "DocumentTypeNotAllowed"],
    ["bytes that are no text", Buffer.from([0x41, 0xff, 0xfe, 0x00, 0x42]), "DocumentTypeNotAllowed"],
    ["a text whose end is missing", Buffer.from("Kiswahili é").subarray(0, -1), "DocumentDamaged"],
    ["half a document of Word", docxOf("Invented").subarray(0, -30), "DocumentDamaged"],
  ])("is refused where it is not kept, with why: %s", (_, bytes, code) => refused(bytes, code));

  test("is refused where it would be kept and nobody could read it", async () => {
    await refused(pdfOf("Invented", "/Encrypt 5 0 R"), "DocumentEncrypted");
    await refused(pdfOf("x".repeat(70_000), "/#45ncrypt 5 0 R"), "DocumentEncrypted");
    const office = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(2_000), Buffer.from("EncryptedPackage", "utf16le")]);
    await refused(office, "DocumentEncrypted");
    await refused(docxOf("Invented", { name: "secret", bytes: Buffer.from("x"), isEncrypted: true }), "DocumentEncrypted");
    await refused(odtOf({ manifest: "<manifest:manifest><manifest:encryption-data/></manifest:manifest>" }), "DocumentEncrypted");
  });
});

describe("a document that does something when it is opened", () => {
  const within = (name: string) => ({ name, bytes: Buffer.from("x") });
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const elsewhere = (type: string) => `Type="${office}/${type}" Target="https://example.org/x" TargetMode="External"`;
  const objects = (text: string) => {
    const packed = deflateSync(Buffer.from(text));
    const dictionary = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>`;
    return Buffer.concat([Buffer.from(`%PDF-1.7\n5 0 obj\n${dictionary}\nstream\n`), packed, Buffer.from("\nendstream\nendobj\n%%EOF\n")]);
  };
  const stored = (filter: string, holds = "x") =>
    Buffer.from(`%PDF-1.7\n5 0 obj\n<< /Type /ObjStm ${filter} >>\nstream\n${holds}\nendstream\n%%EOF`);
  test.each([
    ["a document of Word with a program", docxOf("Invented", within("word/vbaProject.bin"))],
    ["with a control of another program", docxOf("Invented", within("word/activeX/activeX1.xml"))],
    ["with an object of another program", docxOf("Invented", within("word/embeddings/oleObject1.bin"))],
    ["that fetches its template", docxOf("Invented", relationOf(elsewhere("attachedTemplate")))],
    ["that fetches a picture", docxOf("Invented", relationOf(elsewhere("image")))],
    ["that hides where it points to", docxOf("Invented", relationOf(elsewhere("image").replace("External", "&#69;xternal")))],
    ["that says of itself what it is not", docxOf("Invented", relationOf(`Id2="Type='x/hyperlink'" ${elsewhere("frame")}`))],
    ["that says another mode under another name", docxOf("Invented", relationOf(`x:TargetMode="Internal" ${elsewhere("image")}`))],
    ["that says another kind under another name", docxOf("Invented", relationOf(`x:Type="a/hyperlink" ${elsewhere("image")}`))],
    ["that lies too deep", docxOf("Invented", { ...relationOf(""), bytes: Buffer.from("<a>".repeat(100_000)) })],
    ["that has too many attributes", docxOf("Invented", relationOf(Array.from({ length: 1_000 }, (_, n) => `a${n}="x"`).join(" ")))],
    ["that declares entities", docxOf("Invented", { ...relationOf(""), bytes: Buffer.from("<!DOCTYPE r [<!ENTITY a 'b'>]><r/>") })],
    [
      "in an encoding that hides it",
      docxOf("Invented", { ...relationOf(""), bytes: Buffer.from('<?xml version="1.0" encoding="UTF-7"?><r/>') }),
    ],
    ["a document of LibreOffice with a program", odtOf({ more: [within("Scripts/python/invented.py")] })],
    ["with a program of its own language", odtOf({ more: [within("Basic/Standard/script-lb.xml")] })],
    ["that starts one", odtOf({ content: '<script:event-listener script:language="ooo:script"/>' })],
    ["that fetches a picture of another server", odtOf({ content: '<draw:image xlink:href="https://example.org/x.png"/>' })],
    ["that names it beside another", odtOf({ content: '<draw:image x:href="Pictures/1.png" xlink:href="https://example.org/x.png"/>' })],
    ["that fetches a file beside it", odtOf({ content: '<text:section-source xlink:href="../other.odt"/>' })],
    ["a PDF with a program", pdfOf("Invented", "/OpenAction << /S /JavaScript /JS (app.alert) >>")],
    ["whose name is escaped", pdfOf("Invented", "/OpenAction << /S /J#61vaScript >>")],
    ["that starts another program", pdfOf("Invented", "/OpenAction << /S /Launch /F (x) >>")],
    ["that sends what is typed", pdfOf("Invented", "/A << /S /SubmitForm >>")],
    ["that holds another file", pdfOf("Invented", "/Names << /EmbeddedFiles 7 0 R >>")],
    ["whose program lies packed", objects("1 0 << /S /JavaScript >>")],
    ["whose objects are packed in a way of its own", stored("/Filter /LZWDecode")],
    ["behind a text that looks like their beginning", stored("/X (stream\nx endstream) /Filter /FlateDecode")],
    ["in two ways at once", stored("/Filter [/FlateDecode /ASCIIHexDecode]")],
    ["that are said not to be packed and are", stored("", "\u00e9")],
  ])("is refused: %s", (_, bytes) => refused(bytes, "DocumentActive"));

  test.each([
    ["a document of Word with a link", docxOf("Invented", relationOf(elsewhere("hyperlink")))],
    ["with a picture of its own", docxOf("Invented", relationOf(`Type="${office}/image" Target="media/image1.png"`))],
    ["a document of LibreOffice with a link", odtOf({ content: '<text:a xlink:href="https://example.org/">x</text:a>' })],
    ["with a picture of its own", odtOf({ content: '<draw:image xlink:href="Pictures/1.png"/>' })],
    ["a PDF with a link", pdfOf("Invented", "/A << /S /URI /URI (https://example.org/) >>")],
    ["whose objects lie packed", objects("1 0 << /Type /Page >>")],
  ])("is kept, where it is opened only by who clicks on it: %s", async (_, bytes) =>
    expect((await read(bytes)).kept.equals(bytes)).toBe(true),
  );

  test("is refused where it names more packed objects than any document has", () =>
    refused(Buffer.from(`%PDF-1.7\n5 0 obj\n<< ${"/ObjStm ".repeat(1_000_000)} >>\nstream\nx\nendstream\n%%EOF`), "DocumentActive"));

  test("is refused where what it packs cannot be unpacked", async () => {
    await refused(objects("x".repeat(60_000_000)), "DocumentUnpacksTooLarge");
    const cut = objects("1 0 << /Type /Page >>");
    await refused(Buffer.concat([cut.subarray(0, 100), Buffer.from("\nendstream\n%%EOF")]), "DocumentDamaged");
    await refused(docxOf("Invented", { ...relationOf(""), bytes: Buffer.from("<r") }), "DocumentDamaged");
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
