import { inflateSync } from "node:zlib";
import { Refusal, require } from "#kernel/kernel.js";

/** A PDF as text of which each character is a byte; names may be written with `#4a` for a letter (ISO 32000-2, section 7.3.5). */
const named = (text: string): string =>
  text.includes("#") ? text.replaceAll(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;

/** ISO 32000-2, section 7.6: a PDF that is encrypted says so where its parts are listed, which is never compressed. */
const encryption = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

/**
 * Sections 12.6.4, 7.11.4, 13.7 and 12.7.8: programs and what starts one, what is sent or fetched, and files within the file. An action of JavaScript
 * always says so by its long name; the short ones would be met by chance within a picture.
 */
const actions =
  /\/(?:JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|RichMedia|RichMediaContent|EmbeddedFiles?)(?![\w.-])|\/XFA\s*[[\d]/;

/** Objects that lie compressed (section 7.5.7). */
const packedObjects = /\/ObjStm(?![\w.-])/g;
/** What these may unpack to, bytes. */
const mostUnpacked = 50_000_000;

/** So many packed objects no document has; and so near to its name the dictionary of one ends, characters. */
const [mostPacked, nearby] = [20_000, 2_000];

/** @throws Refusal where it is encrypted, holds a program or a file, fetches something, or is cut off */
export function requireInert(bytes: Buffer): void {
  const text = bytes.toString("latin1");
  const written = named(text);
  require(!encryption.test(written), "DocumentEncrypted");
  require(!actions.test(written), "DocumentActive");
  require(/\S/.test(text.slice(-64)), "DocumentDamaged");
  const places = [...text.matchAll(packedObjects)];
  // A name that is escaped is read as it is written out, so that all are found; where one lies is looked for as it stands.
  const count = [...written.matchAll(packedObjects)].length;
  require(places.length === count && count <= mostPacked, "DocumentActive");
  let left = mostUnpacked;
  for (const { index } of places) {
    const unpacked = unpackedAt(bytes, text, index, left);
    left -= unpacked.length;
    require(!actions.test(named(unpacked)), "DocumentActive");
  }
}

/** What the object holds whose dictionary names it so. Packed in a way that nobody uses here, or so that it is not found, it cannot be looked into. */
function unpackedAt(bytes: Buffer, text: string, index: number, most: number): string {
  const before = text.slice(Math.max(0, index - nearby), index);
  const from = before.lastIndexOf("obj");
  const after = text.slice(index, index + nearby);
  const begin = /stream\r?\n/.exec(after);
  require(from >= 0 && begin, "DocumentActive");
  const dictionary = named(before.slice(from) + after.slice(0, begin.index));
  const at = index + begin.index + begin[0].length;
  if (!dictionary.includes("/Filter")) {
    const end = text.indexOf("endstream", at);
    require(end >= 0 && end - at <= most, "DocumentUnpacksTooLarge");
    const plain = text.slice(at, end);
    require(/^[\t-~]*$/.test(plain), "DocumentActive");
    return plain;
  }
  const isDeflated = /\/Filter\s*(?:\[\s*\/FlateDecode\s*\]|\/FlateDecode(?=\s*(?:\/|>>)))/.test(dictionary);
  require(isDeflated && dictionary.split("/Filter").length === 2 && !dictionary.includes("/DecodeParms"), "DocumentActive");
  try {
    return inflateSync(bytes.subarray(at), { maxOutputLength: Math.max(1, most) }).toString("latin1");
  } catch (error) {
    throw new Refusal((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "DocumentUnpacksTooLarge" : "DocumentDamaged");
  }
}
