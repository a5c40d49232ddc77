import { createRequire } from "node:module";
import { mkdtempSync } from "node:fs";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface S3Server {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
  readonly httpServer?: Server;
}

/** An S3-compatible store that somebody else has written, with one bucket, which checks what it is signed with. `folder`: what it keeps. */
export async function openBucket() {
  const S3rver = createRequire(import.meta.url)("@20minutes/s3rver") as new (options: object) => S3Server;
  const folder = mkdtempSync(join(tmpdir(), "hifadhi-bucket-"));
  const options = { address: "127.0.0.1", port: 0, silent: true, directory: folder, configureBuckets: [{ name: "documents" }] };
  const server = new S3rver(options);
  const { port } = await server.run();
  return {
    folder,
    url: `http://127.0.0.1:${port}/documents`,
    region: "us-east-1",
    accessKey: "S3RVER",
    secretKey: "S3RVER",
    close: () => server.close(),
  };
}
