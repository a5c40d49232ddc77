import fc from "fast-check";
import { Frames } from "./frames.js";

const framed = (sizes: readonly number[]): Buffer =>
  Buffer.concat(
    sizes.flatMap((size) => {
      const prefix = Buffer.alloc(5);
      prefix.writeUInt32BE(size, 1);
      return [prefix, Buffer.alloc(size, 7)];
    }),
  );

test("it is whole after a message and nowhere else, however it is cut", () =>
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 5 }), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (sizes, cuts) => {
      const bytes = framed(sizes);
      const boundaries = new Set(sizes.map((_, index) => framed(sizes.slice(0, index + 1)).length));
      const frames = new Frames();
      for (let at = 0; at < bytes.length;) {
        const size = cuts.next().value as number;
        frames.take(bytes.subarray(at, at + size));
        at = Math.min(bytes.length, at + size);
        expect(frames.isWhole).toBe(boundaries.has(at));
      }
      expect(frames.isWhole).toBe(true);
    }),
  ));
