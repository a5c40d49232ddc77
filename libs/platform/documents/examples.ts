import { crc32, deflateRawSync } from "node:zlib";
import sharp from "sharp";

// Invented files for examples and tests.

/** A part of an archive. `claims`: what it says it unpacks to, where that is not so. */
interface Part {
  readonly name: string;
  readonly bytes: Buffer;
  readonly claims?: number;
  readonly isEncrypted?: boolean;
  /** It is not packed. */
  readonly isStored?: boolean;
}

/** An archive (APPNOTE.TXT of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16) of these parts. */
export function archiveOf(parts: readonly Part[]): Buffer {
  let at = 0;
  const written: Buffer[] = [];
  const listed: Buffer[] = [];
  for (const { name, bytes, claims = bytes.length, isEncrypted = false, isStored = false } of parts) {
    const packed = isStored ? bytes : deflateRawSync(bytes);
    // Version, flags, method, time, date, checksum, lengths, length of the name, of what is extra.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(isEncrypted ? 1 : 0, 2);
    shared.writeUInt16LE(isStored ? 0 : 8, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(claims, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    listed.push(Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), shared, rest, Buffer.from(name)]));
    written.push(local);
    at += local.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...written, list, Buffer.from("PK\u0005\u0006"), end]);
}

const part = (name: string, text: string): Part => ({ name, bytes: Buffer.from(text) });
const wordTypes =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** A document of Word, with what else is to be in it. */
export const docxOf = (text: string, ...more: readonly Part[]): Buffer =>
  archiveOf([part("[Content_Types].xml", wordTypes), part("word/document.xml", `<w:document>${text}</w:document>`), ...more]);

/** What a document of Word points to, in the list of its main part. */
export const relationOf = (attributes: string): Part =>
  part("word/_rels/document.xml.rels", `<Relationships xmlns="invented"><Relationship Id="rId1" ${attributes}/></Relationships>`);

/** A document of LibreOffice; its list of parts says what is given. Its first part, which says what it is, is not packed. */
export const odtOf = ({ manifest = "<manifest:manifest/>", content = "", more = [] as readonly Part[] } = {}): Buffer =>
  archiveOf([
    { ...part("mimetype", "application/vnd.oasis.opendocument.text"), isStored: true },
    part("content.xml", `<office:document-content>${content}</office:document-content>`),
    part("META-INF/manifest.xml", manifest),
    ...more,
  ]);

/** A picture whose phone has written down where it was taken, by whom, and which way up it is held. */
export const photographOf = (type: "jpeg" | "png" | "webp", width = 40, height = 20): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#336699" } })
    .toFormat(type)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: "Invented phone", Artist: "Invented Photographer" },
      IFD3: { GPSLatitudeRef: "S", GPSLatitude: "4/1 52/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "29/1 38/1 0/1" },
    })
    .toBuffer();

/** A small PDF that says this. */
export const pdfOf = (text: string, trailer = ""): Buffer =>
  Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% ${text}\ntrailer\n<< /Root 1 0 R ${trailer} >>\n%%EOF\n`);
