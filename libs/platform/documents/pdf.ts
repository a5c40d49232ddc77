import { inflateSync } from "node:zlib";
import { Refusal, require } from "#kernel/kernel.js";

const hash = "#".charCodeAt(0);
const digitOf = (byte: number | undefined): number => "0123456789abcdef".indexOf(String.fromCharCode(byte ?? 0).toLowerCase());

/** A PDF as text of which each character is a byte; names may be written with `#4a` for a letter (ISO 32000-2, section 7.3.5). */
function named(text: string): string {
  if (!text.includes("#")) return text;
  const bytes = Buffer.from(text, "latin1");
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const [high, low] = bytes[at] === hash ? [digitOf(bytes[at + 1]), digitOf(bytes[at + 2])] : [-1, -1];
    const isEscaped = high >= 0 && low >= 0;
    bytes[to++] = isEscaped ? high * 16 + low : bytes[at]!;
    if (isEscaped) at += 2;
  }
  return bytes.toString("latin1", 0, to);
}

/** ISO 32000-2, section 7.6: a PDF that is encrypted says so where its parts are listed, which is never compressed. */
const encryption = /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/;

/**
 * Sections 12.6.4, 7.11.4, 13.7 and 12.7.8: programs and what starts one, what is sent or fetched, and files within the file. Their
 * short names, such as that of a script, would be met by chance within a picture; the long one of what runs it stands beside it.
 */
const actions =
  /\/(?:JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|RichMedia|RichMediaContent|Rendition|OnInstantiate|EmbeddedFiles?)(?![\w.-])|\/XFA\s*[[\d]/;

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
  // A text or a comment in it could hold the word by which a stream begins.
  require(/>>\s*$/.test(dictionary) && !/[(%]/.test(dictionary), "DocumentActive");
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
