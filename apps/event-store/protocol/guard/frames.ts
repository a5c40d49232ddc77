const prefixLength = 5;

/** Follows how messages are framed on the wire (a flag, four bytes of length, the message), to tell whether the last one is whole. */
export class Frames {
  #prefix = Buffer.alloc(prefixLength);
  #prefixCame = 0;
  #left = 0;

  /** False: what came ends in the midst of a message. */
  get isWhole(): boolean {
    return this.#prefixCame === 0;
  }

  take(part: Buffer): void {
    for (let at = 0; at < part.length;) {
      if (this.#prefixCame < prefixLength) {
        this.#prefix[this.#prefixCame++] = part[at++]!;
        if (this.#prefixCame === prefixLength) this.#left = this.#prefix.readUInt32BE(1);
      } else {
        const taken = Math.min(this.#left, part.length - at);
        this.#left -= taken;
        at += taken;
      }
      if (this.#prefixCame === prefixLength && this.#left === 0) this.#prefixCame = 0;
    }
  }
}
