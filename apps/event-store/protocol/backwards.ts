/**
 * Writes a message of protocol buffers from its end to its beginning: the length of a part, which stands before it, is known once the
 * part is written. Fields are to be written in the opposite order of their numbers.
 */
export class Backwards {
  readonly #bytes: Buffer;
  #at: number;

  /** `size`: no fewer bytes than will be written. */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
    this.#at = size;
  }

  get written(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  message(field: number, write: () => void): void {
    const end = this.#at;
    write();
    this.#head(field, end - this.#at);
  }

  bytes(field: number, value: Uint8Array): void {
    this.#at -= value.length;
    this.#bytes.set(value, this.#at);
    this.#head(field, value.length);
  }

  text(field: number, value: string): void {
    const size = Buffer.byteLength(value);
    this.#at -= size;
    this.#bytes.write(value, this.#at);
    this.#head(field, size);
  }

  /** From 0 to 2^63 - 1. */
  number(field: number, value: bigint): void {
    if (value <= Number.MAX_SAFE_INTEGER) this.#varint(Number(value));
    else this.#largeVarint(value);
    this.#varint(field * 8);
  }

  #head(field: number, length: number): void {
    this.#varint(length);
    this.#varint(field * 8 + 2);
  }

  /** Seven bits a byte, the lowest first; all but the last are marked. */
  #varint(value: number): void {
    let size = 1;
    for (let left = value; left >= 0x80; left = Math.floor(left / 0x80)) size++;
    this.#at -= size;
    let [at, left] = [this.#at, value];
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.#bytes[at++] = (left % 0x80) + 0x80;
    this.#bytes[at] = left;
  }

  #largeVarint(value: bigint): void {
    const low = Number(value & 0x1ffffffffffffn);
    this.#varint(Number(value >> 49n));
    for (let index = 6; index >= 0; index--) this.#bytes[--this.#at] = (Math.floor(low / 0x80 ** index) % 0x80) + 0x80;
  }
}
