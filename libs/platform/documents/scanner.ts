import { connect } from "node:net";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Looks for what does harm. */
export interface Scanner {
  /** Is it clean? @throws ScannerUnavailable where it does not say */
  isClean(bytes: AsyncIterable<Buffer>): Promise<boolean>;
}

/** It does not answer, or not so that it can be understood: nothing is known of the document. */
export class ScannerUnavailable extends Error {
  readonly code = "ScannerUnavailable";
}

/** How long a scanner may take, milliseconds. */
const patience = 60_000;

/** `http:` and `https:`: a hook of your own. `clamd:`: the daemon of ClamAV. */
export const scannerAt = (url: string): Scanner => ({
  isClean: async (bytes) => {
    try {
      return await (url.startsWith("clamd:") ? byClamd(new URL(url), bytes) : byHook(url, bytes));
    } catch (error) {
      throw new ScannerUnavailable("The scanner does not answer. Check SCANNER_URL.", { cause: error });
    }
  },
});

/** `POST`, the bytes as they are; answered `{ "clean": true }` or `{ "clean": false }`. */
async function byHook(url: string, bytes: AsyncIterable<Buffer>): Promise<boolean> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body: ReadableStream.from(bytes) as never,
    duplex: "half",
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  } as RequestInit);
  const said = answer.ok ? ((await answer.json()) as { clean?: unknown }).clean : undefined;
  if (typeof said !== "boolean") throw new Error(`the hook answered ${answer.status}`);
  return said;
}

/** `INSTREAM`, as clamd's manual tells it: each part after its length; a length of zero ends it. */
async function byClamd({ hostname, port }: URL, bytes: AsyncIterable<Buffer>): Promise<boolean> {
  const socket = connect({ host: hostname, port: Number(port || 3310), timeout: patience });
  socket.once("timeout", () => socket.destroy(new Error("too slow")));
  const said = text(socket);
  // It may be answered before all was sent; a failure is told by what is awaited below.
  said.catch(() => undefined);
  try {
    await once(socket, "connect");
    socket.write("zINSTREAM\0");
    for await (const each of bytes) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(each.length);
      if (!socket.write(Buffer.concat([length, each]))) await Promise.race([once(socket, "drain"), said]);
    }
    socket.write(Buffer.alloc(4));
    const answer = (await said).replaceAll("\0", "").trim();
    if (answer.endsWith(" OK")) return true;
    if (answer.endsWith(" FOUND")) return false;
    throw new Error("clamd could not scan it");
  } finally {
    socket.destroy();
  }
}
