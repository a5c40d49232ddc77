import { rm } from "node:fs/promises";
import { v4 as uuidv4 } from "uuid";
import { access, recordDisclosure } from "#access/disclosure.js";
import { may } from "#access/decide.js";
import { purposeOf } from "#access/purpose.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { change, changes, Receipt, requireFieldsAllowed } from "#api/changes/changes.js";
import { everyChangeRefuses } from "#api/operations/problem-codes.js";
import { recordDenied } from "#api/operations/permit.js";
import type { Answered, Call, Downloaded, SentContent, SentFile, Uploaded } from "#api/operations/operation.js";
import type { ApiServices } from "#api/operations/services.js";
import { Described } from "#kernel/described.js";
import { Refusal } from "#kernel/kernel.js";
import { refusalsOf } from "#kernel/refusals.js";
import { readDocument } from "#platform/documents/content.js";
import { endingOf } from "#platform/documents/media-types.js";
import { measured, spooled, type Measure } from "#platform/documents/spool.js";
import { documentDamaged, notAllowedOrUnknown } from "#platform/http/problem.js";
import { IsId } from "#platform/values/ids.js";
import type { ContentPlace } from "#seal/content.js";
import { Change, KeyReused, StaleRevision, TooContended } from "#store/change.js";
import { isStale } from "#store/changes.js";
import { ledgerKey, type Loaded } from "#store/states.js";
import { streamOf } from "#store/stored.js";
import { cases } from "../cases.js";
import { requireOpen } from "../open.js";
import { documentArea } from "./areas.js";
import { requireHandedOut, type KnownDocument } from "./documents.js";
import { addDocument, AddDocument, classOf, type DocumentRequest, type KeptBytes } from "./keeping.js";

const purposesOfReading = ["CaseManagement", "Accommodation", "Oversight"] as const;
const write = may("write", documentArea);

/** What a file may be refused with, whatever is said of it. */
const refusedFiles = [
  "DocumentActive",
  "DocumentDamaged",
  "DocumentEmpty",
  "DocumentEncrypted",
  "DocumentTypeDiffers",
  "DocumentTypeNotAllowed",
  "DocumentUnpacksTooLarge",
];

/** `POST /v1/cases/{id}/add-document`: a form, the file last. Nothing of it is stored but sealed. */
export const uploadOf = (about: ProtectedRecord): Uploaded => ({
  name: "addDocument",
  kind: "upload",
  path: "/cases/{id}/add-document",
  summary: "add document",
  tag: "cases",
  input: AddDocument,
  returns: Receipt,
  permission: { ...write, purposes: ["CaseManagement"] },
  about,
  problems: {
    409: [...refusalsOf(AddDocument), ...refusedFiles, "SubjectErased", ...everyChangeRefuses],
    413: ["DocumentTooLarge"],
  },
  take: async (call, file) => {
    const [request] = changes(about, "CaseManagement", [asked(unkept)]) as [Answered];
    await requireFieldsAllowed(request, AddDocument, call);
    const { changes: log } = call.services;
    const loaded = await log.states.fresh(cases, call.id);
    const { revision, state } = loaded;
    if (revision < 0n) throw notAllowedOrUnknown();
    if (!isRepeat(call, loaded)) {
      // Asked here as well, so that nobody sends in vain.
      if (isStale(call.envelope.revision, loaded)) throw new StaleRevision(revision);
      const now = log.clock().toISOString();
      requireOpen(state.closure, call.envelope.occurredAt ?? now, now);
    }
    const place = {
      stream: streamOf(cases.name, call.id),
      content: uuidv4(),
      subject: state.intake.subject,
      class: classOf(call.input as AddDocument),
    };
    const leave = call.services.documents.arriving.take(call.actor.id);
    try {
      return await keep(about, call, file, place);
    } finally {
      leave();
    }
  },
});
/** What came with the bytes is added to what was asked, once it is known. */
const asked = (kept: KeptBytes) => change(addDocument(kept), AddDocument as new () => DocumentRequest, write);
const unkept: KeptBytes = { content: "", sealedSha256: "", isScanned: false };

/** What was answered already is answered the same, whatever has become of her case. */
const isRepeat = ({ envelope: { key } }: Call, { done }: Pick<Loaded<unknown>, "done">): boolean =>
  key !== undefined && done.has(ledgerKey({ commandId: key }));

/** Seals what comes, keeps it, and only then tells of it. What nobody has been told of is removed. */
async function keep(about: ProtectedRecord, call: Call, file: SentFile, place: ContentPlace) {
  const { seal, documents } = call.services;
  const input = call.input as AddDocument;
  const { mediaType, bytes } = await readDocument(file.bytes, file);
  let plain: Measure | undefined;
  const sealing = await seal.sealContent(place);
  const sealed = await spooled(documents.store.spool, sealing(measured(bytes, (told) => (plain = told))));
  const name = { record: call.id, content: place.content };
  await documents.store.keep(name, sealed).catch(async (error: unknown) => {
    await rm(sealed.path, { force: true });
    throw error;
  });
  const fingerprint = await seal.fingerprint({ sha256: plain!.sha256 }, place.subject);
  const kept = { content: place.content, sealedSha256: sealed.sha256, isScanned: documents.scanner !== null };
  const [request] = changes(about, "CaseManagement", [asked(kept)]) as [Answered];
  try {
    const answer = await request.run({ ...call, input: Object.assign(input, { mediaType, size: plain!.bytes, fingerprint }) });
    const { state } = await call.services.changes.states.fresh(cases, call.id);
    const known = state.documents.find((each) => each.content === place.content);
    // It was there already, or was sent before under the same key.
    if (!known) await documents.store.remove(name);
    else if (known.scan === "Awaited") documents.news(call.id, known.document);
    return answer;
  } catch (error) {
    // Of anything else it is not known whether it was told: what then belongs to nothing is removed a day later.
    if ([Refusal, KeyReused, StaleRevision, TooContended].some((each) => error instanceof each)) await documents.store.remove(name);
    throw error;
  }
}

export class DownloadDocument {
  @Described("Which one") @IsId() document!: string;
}

/** `GET /v1/cases/{id}/documents/{document}`: for whoever may read its class; on record before the first byte leaves. */
export const downloadOf = (about: ProtectedRecord): Downloaded => ({
  name: "downloadDocument",
  kind: "download",
  path: "/cases/{id}/documents/{document}",
  summary: "the bytes of a document",
  tag: "cases",
  input: DownloadDocument,
  returns: Object,
  permission: may("read", documentArea, ...purposesOfReading),
  about,
  problems: {
    409: ["DocumentInQuarantine", "DocumentInfected", "DocumentIsWithdrawn", "NoPhotographsOfChildren", "PhotographNotConsented"],
    500: ["DocumentBytesDamaged"],
  },
  send: async (call) => {
    const { document } = call.input as DownloadDocument;
    const { services, actor, id, standing } = call;
    const { changes: log } = services;
    // As it is now: another process may have let it be withdrawn, or her consent.
    const { state } = await log.states.fresh(cases, id);
    const found = state.documents.find((each) => each.document === document);
    if (!found) throw notAllowedOrUnknown();
    if (!seesOf(actor, about.belongsTo(id), standing)(found.about)) {
      await recordDenied(downloadOf(about), may("read", found.about), call);
      throw notAllowedOrUnknown();
    }
    const now = log.clock().toISOString();
    requireHandedOut(state, found, { at: now, now, zone: log.zone });
    const bytes = await openedOf(services, id, found).catch((error: unknown) => {
      throw isDamage(error) ? Object.assign(documentDamaged(), { cause: error }) : error;
    });
    await recordDownload(about, call, found);
    return contentOf(found, bytes);
  },
});

const isDamage = (error: unknown): boolean =>
  ["DocumentBytesMissing", "SealTampered", "SealMalformed"].includes((error as { code?: string }).code ?? "");

/** Its bytes, of which the first were opened. @throws 404 where she was erased, DocumentBytesMissing, SealTampered */
export async function openedOf({ seal, documents, changes: log }: ApiServices, id: string, { content, about }: KnownDocument) {
  const { state } = await log.states.current(cases, id);
  const place = { stream: streamOf(cases.name, id), content, subject: state.intake.subject, class: about };
  const opening = await seal.openContent(place);
  if (!opening) throw notAllowedOrUnknown();
  const sealed = await documents.store.read({ record: id, content });
  const plain = opening(sealed);
  const first = await plain.next();
  return (async function* () {
    try {
      if (!first.done) yield first.value;
      yield* plain;
    } finally {
      sealed.destroy();
    }
  })();
}

async function recordDownload(about: ProtectedRecord, { services, actor, id, standing }: Call, found: KnownDocument): Promise<void> {
  const { state } = await services.changes.states.current(cases, id);
  const purpose = purposeOf(actor.role, purposesOfReading)!;
  const relations = standing.stands.map(({ relation }) => relation);
  const request = {
    ...{ subjects: [about.subject(state)], classes: [found.about], fields: [`documents.${found.document}`], purpose },
    ...{ route: "downloadDocument", ...(relations.length > 0 && { relations }) },
  };
  await services.commands.execute(new Change(access, id, recordDisclosure, request, actor, { commandId: uuidv4(), purpose, unread: true }));
}

const contentOf = ({ document, mediaType, size }: KnownDocument, bytes: AsyncIterable<Buffer>): SentContent => ({
  bytes,
  length: size,
  mediaType,
  name: `document-${document}.${endingOf(mediaType)}`,
});
