import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { Refusal, require } from "#kernel/kernel.js";

/** What a written document may unpack to, bytes. */
const mostUnpacked = 200_000_000;
const mostEntries = 2_000;

/**
 * Looks at the contents of a written document (DOCX, ODT), which is an archive, without unpacking it. @throws Refusal where it is encrypted,
 * holds a program, is damaged or would unpack to more than anybody writes
 */
export async function requireHarmless(bytes: Buffer): Promise<void> {
  let entries = 0;
  let [packed, unpacked] = [0, 0];
  const { zip, list } = await entriesOf(bytes);
  for (const entry of list) {
    require(!entry.isEncrypted(), "DocumentEncrypted");
    require(!/vbaProject\.bin$|^Basic\//i.test(entry.fileName), "DocumentTypeNotAllowed");
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    require(++entries <= mostEntries && unpacked <= mostUnpacked, "DocumentUnpacksTooLarge");
    // Entries that lie over each other unpack to much more than they take.
    require(packed <= bytes.length, "DocumentUnpacksTooLarge");
  }
  // OpenDocument tells in a list of its own which of its parts are encrypted.
  const told = list.find(({ fileName }) => fileName === "META-INF/manifest.xml");
  if (told) require(!/encryption-data|encrypted-package/.test(await textOf(zip, told)), "DocumentEncrypted");
}

interface Packed {
  readonly zip: ZipFile;
  readonly list: readonly Entry[];
}

/** A list of parts is short. */
const mostText = 1_000_000;

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  require(entry.uncompressedSize <= mostText, "DocumentUnpacksTooLarge");
  try {
    return await text(await promisify(zip.openReadStream.bind(zip) as (entry: Entry, done: Opened) => void)(entry));
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
