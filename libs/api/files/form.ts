import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { invalid, malformed, type ProblemError } from "#platform/http/problem.js";
import { bounds } from "#platform/values/values.js";
import type { SentFile } from "../operations/operation.js";

/** What a form says, and the file at its end, which is still on its way. */
export interface SentForm {
  readonly fields: Record<string, string>;
  readonly file: SentFile;
}

const fieldBytes = 65_536;
const formOf = "multipart/form-data with the fields of the request, and then the file";
const fault = (): ProblemError => malformed("body", formOf);

/**
 * Reads a form up to its file. The fields come first, because they say under which key the file is sealed; what comes behind it is not heard. Where sending ends before the file
 * does, reading it fails. @throws 400 where the form cannot be read, or has no file
 */
export function readForm(headers: IncomingHttpHeaders, body: Readable): Promise<SentForm> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let file: BusboyFileStream | undefined;
    const fail = (problem: Error) => {
      reject(problem);
      file?.destroy(problem);
      body.unpipe(form);
    };
    const limits = { fields: bounds.fields, fieldNameSize: 100, fieldSize: fieldBytes, files: 1, headerPairs: 20 };
    const form = Busboy({ headers: { ...headers, "content-type": headers["content-type"] ?? "" }, limits });
    form.on("field", (name, value, _isNameCut, isCut) => {
      if (isCut || fields.has(name)) fail(fault());
      else fields.set(name, value);
    });
    form.on("file", (field, bytes, name, _encoding, mediaType) => {
      file = bytes;
      if (field !== "file") return fail(invalid([{ field: field.slice(0, 100), code: "unknown", message: "the file is called file" }]));
      resolve({ fields: Object.fromEntries(fields), file: { name, mediaType, bytes } });
    });
    for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"] as const) form.on(limit, () => fail(fault()));
    form.on("error", () => fail(fault()));
    form.on("finish", () => reject(invalid([{ field: "file", code: "missing", message: "a file must be sent" }])));
    body.on("error", fail);
    body.on("close", () => body.readableEnded || fail(fault()));
    body.pipe(form);
  });
}
