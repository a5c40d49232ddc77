import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, inflateSync } from "node:zlib";

const inflated = (bytes: Buffer): Buffer => {
  const [inflate] = bytes[0] === 0x1f && bytes[1] === 0x8b ? [gunzipSync] : bytes[0] === 0x78 ? [inflateSync] : [];
  try {
    return inflate ? inflate(bytes) : bytes;
  } catch {
    return bytes;
  }
};

/** The forms in which a text may stand somewhere: as it is, in UTF-16, in hexadecimal digits, and in base64 wherever it begins. */
function formsOf(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const coded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    // What lies beside it changes the first and the last digits.
    return coded.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4);
  });
  const hex = bytes.toString("hex");
  return [...[text, hex, hex.toUpperCase(), ...base64].map((form) => Buffer.from(form)), Buffer.from(text, "utf16le")];
}

/** Which of these texts stand in some bytes, in any form; also where the whole is deflated. */
export const tracesIn = (bytes: Buffer, texts: readonly string[]): string[] => {
  const plain = inflated(bytes);
  return texts.filter((text) => formsOf(text).some((form) => plain.includes(form)));
};

/** The files below a folder in which one of these texts stands, in any form. */
export function filesWith(folder: string, texts: readonly string[]): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // A server that runs on removes files while they are looked for.
    const bytes = read(path);
    if (bytes && tracesIn(bytes, texts).length > 0) found.push(path);
  }
  return found;
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
