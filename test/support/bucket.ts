import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = join(process.cwd(), "dist", "test", "support", "bucket.child.js");

/** A bucket of an S3-compatible store. `folder`: where that keeps it. */
export async function openBucket() {
  const folder = mkdtempSync(join(tmpdir(), "hifadhi-bucket-"));
  // It makes its continuation tokens by an old cipher.
  const child = fork(program, [folder], { execArgv: ["--openssl-legacy-provider"] });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  const close = async () => {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  };
  return { folder, url, region: "us-east-1", accessKey: "S3RVER", secretKey: "S3RVER", close };
}
