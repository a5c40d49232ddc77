/** How many fields a message may have, those of its events counted. Each becomes an object, however small it is on the wire. */
const mostFields = 400_000;

/** The bytes of a message are not what they should be. */
export class TooManyFields extends Error {
  constructor() {
    super(`A message has at most ${mostFields} fields.`);
  }
}

/** Bytes of a varint that starts there. */
function varint(bytes: Uint8Array, at: number): { value: number; next: number } {
  let [value, factor, next] = [0, 1, at];
  for (; next < bytes.length; factor *= 128) {
    const byte = bytes[next++]!;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
  }
  return { value, next };
}

/** Where the field after this one begins; the end of the bytes where that cannot be told, which is for the parser to refuse. */
function skip(bytes: Uint8Array, wire: number, at: number): number {
  if (wire === 0) return varint(bytes, at).next;
  if (wire === 1) return at + 8;
  if (wire === 5) return at + 4;
  return bytes.length;
}

/**
 * Throws where a message has more fields than anybody needs, before it is parsed. `inside`: the number of the field whose own fields
 * count, too.
 */
export function checkFields(bytes: Uint8Array, inside: number): void {
  let count = 0;
  const walk = (part: Uint8Array, descend: boolean) => {
    for (let at = 0; at < part.length;) {
      if (++count > mostFields) throw new TooManyFields();
      const { value: tag, next } = varint(part, at);
      if ((tag & 7) !== 2) {
        at = skip(part, tag & 7, next);
        continue;
      }
      const { value: length, next: begin } = varint(part, next);
      if (descend && Math.floor(tag / 8) === inside) walk(part.subarray(begin, begin + length), false);
      at = begin + length;
    }
  };
  walk(bytes, true);
}
