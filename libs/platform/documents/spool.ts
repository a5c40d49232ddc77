import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SealedFile } from "./store.js";

/** What passed: how much, and its SHA-256, hex. */
export interface Measure {
  readonly bytes: number;
  readonly sha256: string;
}

/** Lets bytes pass and measures them. `most`: beyond that many, `tooMany` is thrown. */
export async function* measured(
  source: AsyncIterable<Buffer>,
  tell: (measure: Measure) => void,
  { most = Number.POSITIVE_INFINITY, tooMany }: { most?: number; tooMany?: () => Error } = {},
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const each of source) {
    bytes += each.length;
    if (bytes > most) throw tooMany!();
    hash.update(each);
    yield each;
  }
  tell({ bytes, sha256: hash.digest("hex") });
}

/** Writes sealed bytes into a file of the spool, so that it outlives a power cut. Where that fails, nothing of it is left. */
export async function spooled(spool: string, sealed: AsyncIterable<Buffer>): Promise<SealedFile> {
  await mkdir(spool, { recursive: true, mode: 0o700 });
  const path = join(spool, randomUUID());
  const file = await open(path, "wx", 0o600);
  try {
    let measure: Measure | undefined;
    for await (const each of measured(sealed, (told) => (measure = told))) await file.write(each);
    await file.sync();
    return { path, ...measure! };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Removes what was left of uploads that were begun before then and never ended: the program was killed. Answers how many there were. */
export async function clearSpool(spool: string, before: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(spool).catch(() => [])) {
    const path = join(spool, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || found.mtime >= before) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}
