import type { Readable } from "node:stream";
import { promisify } from "node:util";
import type { Tag } from "sax";
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { Refusal, require } from "#kernel/kernel.js";
import { attributesOf, localName, readMarkup, requireOwnContent, requireOwnRelation } from "./markup.js";

/** What a written document may unpack to, bytes. */
const mostUnpacked = 200_000_000;
const mostEntries = 2_000;

/** Programs, and objects of other programs: of Word (macros, ActiveX, OLE) and of LibreOffice (Basic and other languages). */
const programs = /vbaProject\.bin$|vbaData\.xml$|\/activeX\/|\/embeddings\/.*\.bin$|^(?:Basic|Scripts)\/|^Object [^/]*$|\/oleObject/i;

/**
 * Looks at the contents of a written document (DOCX, ODT), which is an archive, without unpacking it whole. @throws Refusal where it is encrypted, holds
 * a program, fetches something when it is opened, is damaged or would unpack to more than anybody writes
 */
export async function requireHarmless(bytes: Buffer): Promise<void> {
  let entries = 0;
  let [packed, unpacked] = [0, 0];
  const { zip, list } = await entriesOf(bytes);
  for (const entry of list) {
    require(!entry.isEncrypted(), "DocumentEncrypted");
    require(!programs.test(entry.fileName), "DocumentActive");
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    require(++entries <= mostEntries && unpacked <= mostUnpacked, "DocumentUnpacksTooLarge");
    // Entries that lie over each other unpack to much more than they take.
    require(packed <= bytes.length, "DocumentUnpacksTooLarge");
  }
  let markup = 0;
  for (const entry of list) {
    const looked = looks.find(([which]) => which.test(entry.fileName))?.[1];
    if (!looked) continue;
    markup += entry.uncompressedSize;
    require(markup <= mostText, "DocumentUnpacksTooLarge");
    await readMarkup(await opened(zip, entry), looked);
  }
}

/** What is asked of which part: where Word points to; the list in which OpenDocument tells what is encrypted, and what it shows. */
const looks: readonly (readonly [RegExp, (element: Tag) => void])[] = [
  [/\.rels$/i, requireOwnRelation],
  [
    /^META-INF\/manifest\.xml$/i,
    (element) => {
      require(!/^encryption-data$|^encrypted/.test(localName(element.name)), "DocumentEncrypted");
      require(attributesOf(element, "full-path").every((path) => !path.includes("encrypted-package")), "DocumentEncrypted");
    },
  ],
  [/(?:^|\/)(?:content|styles|settings)\.xml$/i, requireOwnContent],
];

interface Packed {
  readonly zip: ZipFile;
  readonly list: readonly Entry[];
}

/** What a person has written, bytes; pictures lie beside it. */
const mostText = 20_000_000;

async function opened(zip: ZipFile, entry: Entry): Promise<Readable> {
  try {
    return await promisify(zip.openReadStream.bind(zip) as (entry: Entry, done: Opened) => void)(entry);
  } catch {
    throw new Refusal("DocumentDamaged");
  }
}
type Opened = (error: Error | null, stream: Readable) => void;

const entriesOf = (bytes: Buffer): Promise<Packed> =>
  new Promise((resolve, reject) => {
    const damaged = () => reject(new Refusal("DocumentDamaged"));
    fromBuffer(bytes, { lazyEntries: false }, (error: Error | null, zip?: ZipFile) => {
      if (error || !zip) return damaged();
      if (zip.entryCount > mostEntries) return reject(new Refusal("DocumentUnpacksTooLarge"));
      const entries: Entry[] = [];
      zip.on("entry", (entry: Entry) => entries.push(entry));
      zip.on("error", damaged);
      zip.on("end", () => resolve({ zip, list: entries }));
    });
  });
