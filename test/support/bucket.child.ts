import { createRequire } from "node:module";

// An S3-compatible store that somebody else has written, with one bucket, in a process of its own. It checks what it is signed with.

type S3Server = new (options: object) => { run(): Promise<{ port: number }> };
const S3rver = createRequire(import.meta.url)("@20minutes/s3rver") as S3Server;
const directory = process.argv[2]!;
const server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory, configureBuckets: [{ name: "documents" }] });
const { port } = await server.run();
process.send?.({ url: `http://127.0.0.1:${port}/documents` });
process.once("disconnect", () => process.exit(0));
