import type { Readable } from "node:stream";
import sax, { type Tag } from "sax";
import { Refusal, require } from "#kernel/kernel.js";

/** More than anybody writes: how deep elements lie in each other, and attributes of one. */
const [deepest, mostAttributes] = [500, 500];

/**
 * Reads a part that is written in XML, and tells of each of its elements. @throws Refusal DocumentDamaged where it is not XML, DocumentActive where it
 * declares entities or is in an encoding that readers may take for another one
 */
export async function readMarkup(source: Readable, told: (element: Tag) => void): Promise<void> {
  const reader = sax.parser(true, { trim: true });
  // Whether anything is wrong with it is asked after each piece: what is thrown in here would leave the reader halfway.
  const wrong: Refusal[] = [];
  let [depth, attributes] = [0, 0];
  const active = () => wrong.push(new Refusal("DocumentActive"));
  Object.assign(reader, {
    onerror: () => wrong.push(new Refusal("DocumentDamaged")),
    ondoctype: active,
    onprocessinginstruction: ({ name, body }: { name: string; body: string }) => {
      if (name === "xml" && !/^(?![^]*\bencoding\b)|encoding\s*=\s*["']utf-?(?:8|16)["']/i.test(body)) active();
    },
    onclosetag: () => depth--,
    // Counted as they come: all of one element are kept until it ends.
    onattribute: () => void (++attributes > mostAttributes && active()),
    onopentag: (element: Tag) => {
      attributes = 0;
      if (++depth > deepest) active();
      try {
        told(element);
      } catch (error) {
        wrong.push(error as Refusal);
      }
    },
  });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const each of source as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(encodingOf(each), { fatal: true });
      reader.write(decoder.decode(each, { stream: true }));
      if (wrong[0]) throw wrong[0];
    }
    reader.write(decoder?.decode() ?? "").close();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal("DocumentDamaged");
  }
  if (wrong[0]) throw wrong[0];
}

/** By its byte order mark (XML 1.0, appendix F): UTF-8 where there is none. */
const encodingOf = (head: Buffer): string =>
  head[0] === 0xff && head[1] === 0xfe ? "utf-16le" : head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";

/** The values of all attributes of a name, whatever their prefixes are: which of them a reader heeds is not known. */
export const attributesOf = ({ attributes }: Tag, name: string): readonly string[] =>
  Object.entries(attributes as Record<string, string>).flatMap(([each, value]) => (localName(each) === name ? [value] : []));

/** `draw:image` -> `image`. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** What lies outside of the document: another server, another folder. */
const isWithin = (reference: string): boolean => /^(?:#|$|(?:\.\/)?(?!\.\.?(?:\/|$))[^:/\\][^:\\]*$)/.test(reference);

/** OPC (ISO/IEC 29500-2, section 9.3): what a part of a document of Word points to. A link is opened by who clicks on it; anything else by itself. */
export function requireOwnRelation(element: Tag): void {
  if (localName(element.name) !== "Relationship") return;
  const types = attributesOf(element, "Type");
  const isLink = types.length > 0 && types.every((type) => type.endsWith("/hyperlink"));
  require(isLink || !attributesOf(element, "TargetMode").includes("External"), "DocumentActive");
}

/** In OpenDocument 1.3: programs, what starts them, and what is fetched when a text is opened. */
const acting = ["event-listener", "dde-source", "dde-connection-decl", "applet", "plugin", "floating-frame"];
const links = ["a"];

export function requireOwnContent(element: Tag): void {
  const name = localName(element.name);
  require(!element.name.startsWith("script:") && !acting.includes(name), "DocumentActive");
  require(links.includes(name) || attributesOf(element, "href").every(isWithin), "DocumentActive");
}
