import { randomUUID } from "node:crypto";
import type { Reply, System } from "./system.js";

/** A file as a browser would send it. */
export interface GivenFile {
  readonly bytes: Buffer;
  readonly name?: string;
  readonly type?: string;
}

/** A form with these fields, and the file last. */
export function formOf(
  fields: Readonly<Record<string, unknown>>,
  { bytes, name = "scan.pdf", type = "application/pdf" }: GivenFile,
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, String(value));
  form.append("file", new File([new Uint8Array(bytes)], name, { type }));
  return form;
}

/** Adds a document as somebody. */
export async function upload(
  system: System,
  username: string,
  caseId: string,
  fields: Readonly<Record<string, string>>,
  file: GivenFile,
  { key = randomUUID(), base = system.base }: { key?: string; base?: string } = {},
): Promise<Reply> {
  const response = await fetch(`${base}/v1/cases/${caseId}/add-document`, {
    method: "POST",
    headers: { authorization: `Bearer ${await system.token(username)}`, "idempotency-key": key },
    body: formOf(fields, file),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** What somebody is sent of a document. */
export async function download(system: System, username: string, caseId: string, document: string) {
  const response = await fetch(`${system.base}/v1/cases/${caseId}/documents/${document}`, {
    headers: { authorization: `Bearer ${await system.token(username)}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, code: codeIn(bytes) };
}

function codeIn(bytes: Buffer): string | undefined {
  try {
    return (JSON.parse(bytes.toString()) as { code?: string }).code;
  } catch {
    return undefined;
  }
}
