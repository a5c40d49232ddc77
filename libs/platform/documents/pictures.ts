import sharp from "sharp";
import { Refusal } from "#kernel/kernel.js";

/** A picture that would fill the memory when it is unpacked is refused: more pixels than phones take. */
export const mostPixels = 64_000_000;
/** Seconds that a picture may take. */
const patience = 30;

// One after the other: what is unpacked is large, and the machine has others to serve.
sharp.cache(false);
sharp.concurrency(1);
let turn: Promise<unknown> = Promise.resolve();

/**
 * The same picture, drawn anew: without where and when and by which phone it was taken (EXIF, XMP, IPTC), and without whatever else was hidden
 * beside it. It stands as it was to be shown. @throws Refusal where it is none, or too large
 */
export function redrawn(bytes: Buffer, mediaType: string): Promise<Buffer> {
  const next = turn.then(() => redraw(bytes, mediaType));
  turn = next.catch(() => undefined);
  return next;
}

async function redraw(bytes: Buffer, mediaType: string): Promise<Buffer> {
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", animated: mediaType === "image/webp" }).timeout({
      seconds: patience,
    });
    const upright = picture.autoOrient();
    if (mediaType === "image/png") return await upright.png({ compressionLevel: 9 }).toBuffer();
    if (mediaType === "image/webp") return await upright.webp({ quality: 95 }).toBuffer();
    return await upright.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
  } catch (error) {
    throw new Refusal(/pixel limit|timeout/i.test((error as Error).message) ? "DocumentUnpacksTooLarge" : "DocumentDamaged");
  }
}
