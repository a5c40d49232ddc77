import { join } from "node:path";
import { writeOwnFile } from "#platform/process/own-file.js";

const day = 24 * 60 * 60 * 1_000;
/** Longer than any start lasts: the next one makes another. */
const validity = 10 * 365 * day;

/** The files of a certificate, which is its own authority, and of its private key. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Makes the certificate of the embedded event store, for this machine alone. It is made at every start, so that it never ends while it
 * is used, and nothing of it has to be kept.
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const { generate } = await import("selfsigned");
  const { cert, private: secret } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    // A laptop's clock may be set right while everything runs.
    notBeforeDate: new Date(Date.now() - 30 * day),
    notAfterDate: new Date(Date.now() + validity),
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const files = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  writeOwnFile(files.certificate, cert);
  writeOwnFile(files.key, secret);
  return files;
}
