import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import { DocumentBytesMissing, keyOf, nameOf, type DocumentName, type DocumentStore, type KeptDocument } from "./store.js";

/** For its owner alone. */
const ownFolder = { recursive: true, mode: 0o700 } as const;

/** Documents in a folder: one folder a record, one file a document. Several programs that use it must share it. */
export class FolderStore implements DocumentStore {
  readonly spool: string;

  private constructor(private readonly folder: string) {
    this.spool = join(folder, "incoming");
  }

  /** Makes the folder where there is none. @throws where it cannot be written to */
  static async open(folder: string): Promise<FolderStore> {
    const store = new FolderStore(folder);
    await mkdir(store.spool, ownFolder);
    const probe = join(store.spool, `probe-${process.pid}`);
    await (await open(probe, "w", 0o600)).close();
    await rm(probe);
    return store;
  }

  async keep(name: DocumentName, { path }: { readonly path: string }): Promise<void> {
    const folder = join(this.folder, name.record);
    const file = this.#file(name);
    await mkdir(folder, ownFolder);
    await rename(path, file);
    for (const each of [folder, this.folder]) await synced(each);
  }

  async read(name: DocumentName) {
    const bytes = createReadStream(this.#file(name));
    try {
      await once(bytes, "open");
      return bytes;
    } catch (error) {
      throw isAbsent(error) ? new DocumentBytesMissing(name) : error;
    }
  }

  remove(name: DocumentName): Promise<void> {
    return rm(this.#file(name), { force: true });
  }

  async *list(): AsyncIterable<KeptDocument> {
    for (const record of await readdir(this.folder)) {
      for (const content of record === "incoming" ? [] : await readdir(join(this.folder, record)).catch(() => [])) {
        const name = nameOf(`${record}/${content}`);
        const kept = name && (await stat(this.#file(name)).catch(() => null));
        if (kept) yield { ...name, keptAt: kept.mtime };
      }
    }
  }

  #file = (name: DocumentName): string => join(this.folder, keyOf(name));
}

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** A name in a folder outlives a power cut only once the folder itself was written. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
