import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EventStoreDBClient } from "@eventstore/db-client";
import { generate } from "selfsigned";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A certificate for this machine, as files. */
export async function certificate(): Promise<{ certificate: Buffer; key: Buffer; certificateFile: string; keyFile: string }> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  const folder = temporaryFolder();
  const [certificateFile, keyFile] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  writeFileSync(certificateFile, cert);
  writeFileSync(keyFile, key);
  return { certificate: Buffer.from(cert), key: Buffer.from(key), certificateFile, keyFile };
}

/** A client that has signed in as `login:password`, or not at all. */
export const secureClient = (port: number | string, certificateFile: string, signedIn?: string): EventStoreDBClient =>
  EventStoreDBClient.connectionString(
    `esdb://${signedIn ? `${signedIn}@` : ""}localhost:${port}?tls=true&tlsCAFile=${encodeURIComponent(certificateFile)}`,
  );
