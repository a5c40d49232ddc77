import { IsIn, IsString, MaxLength, MinLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import type { Consents } from "../consent/consents.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import type { DocumentFact, Documents } from "./documents.js";
import { requirePhotographable } from "./photographs.js";
import {
  documentClasses,
  documentKinds,
  withdrawalReasons,
  type DocumentClass,
  type DocumentKind,
  type DocumentWithdrawalReason,
} from "./vocabulary.js";

// Requests

@Refuses("CaseNotOpen", "NoPhotographsOfChildren", "OneTitleOfDocument", "PhotographNotConsented", "TooManyDocuments")
export class AddDocument {
  @Described("What it is to look at") @IsIn(documentKinds) kind!: DocumentKind;
  @Optional() @Personal("identity") @IsString() @MinLength(1) @MaxLength(200) identity?: string;
  @Optional() @Personal("narrative") @IsString() @MinLength(1) @MaxLength(200) narrative?: string;
  @Optional() @Personal("health") @IsString() @MinLength(1) @MaxLength(200) health?: string;
  @Optional() @Personal("psychosocial") @IsString() @MinLength(1) @MaxLength(200) psychosocial?: string;
  @Optional() @Personal("legal") @IsString() @MinLength(1) @MaxLength(200) legal?: string;
  @Optional() @Personal("perpetrator") @IsString() @MinLength(1) @MaxLength(200) perpetrator?: string;
  @Optional() @Personal("safety") @IsString() @MinLength(1) @MaxLength(200) safety?: string;
}
/** What has come in with the request, as far as it makes it the same request when it is sent again. */
export interface DocumentRequest extends AddDocument {
  readonly mediaType: string;
  readonly size: number;
  readonly fingerprint: string;
}
@Refuses("DocumentUnknown", "NotTheAuthor")
export class WithdrawDocument {
  @Described("Which one") @IsId() document!: string;
  @Described("Why") @IsIn(withdrawalReasons) reason!: DocumentWithdrawalReason;
}
/** What a scanner has found. */
export interface TellScan {
  readonly document: string;
  readonly clean: boolean;
}

// Rules

type Needs = { documents: Documents; intake: Intake; closure: Openness; consents: Consents };

/** In one case. */
export const mostDocuments = 100;

/** The class whose title is given: by one document nobody reads of her health who only may read her story. */
export function classOf(request: AddDocument): DocumentClass {
  const titled = documentClasses.filter((each) => request[each] !== undefined && request[each] !== null);
  const [about] = titled;
  require(about !== undefined && titled.length === 1, "OneTitleOfDocument");
  return about;
}

/** How its bytes were kept, whichever time they were sent. */
export interface KeptBytes {
  readonly content: string;
  readonly sealedSha256: string;
  readonly isScanned: boolean;
}

/** The bytes are kept already, sealed: this tells of them. The same document of the same class is one, however often it is sent. */
export function addDocument(kept: KeptBytes): Rule<Needs, DocumentRequest, DocumentFact> {
  const rule: Rule<Needs, DocumentRequest, DocumentFact> = (state, request, times) => {
    const { documents, intake, closure } = state;
    const { at, now, newId } = times;
    const about = classOf(request);
    const { kind, mediaType, size, fingerprint } = request;
    requireOpen(closure, at, now);
    requirePhotographable(state, { kind, about }, times);
    const isSame = (each: Documents[number]) => each.fingerprint === fingerprint && each.about === about && each.withdrawn === null;
    if (documents.some(isSame)) return [];
    require(documents.filter(({ withdrawn }) => withdrawn === null).length < mostDocuments, "TooManyDocuments", { most: mostDocuments });
    const { content, sealedSha256, isScanned } = kept;
    const scan = isScanned ? "Awaited" : "NotScanned";
    return [
      {
        type: "DocumentAdded",
        data: { document: newId(), content, about, kind, mediaType, size, fingerprint, sealedSha256, scan },
        personal: { [intake.subject]: { [about]: { title: request[about]! } } },
      },
    ];
  };
  // By its name a repeat is known.
  return Object.defineProperty(rule, "name", { value: "addDocument" });
}

/** By whoever added it, or by a supervisor. That it was there stays in the history, and its bytes are removed. */
export const withdrawDocument: Rule<Pick<Needs, "documents">, WithdrawDocument, DocumentFact> = (
  { documents },
  { document, reason },
  { at, actor },
) => {
  const found = documents.find((each) => each.document === document);
  require(found, "DocumentUnknown");
  require(found.author === actor.id || actor.role === "supervisor", "NotTheAuthor");
  requireNotBefore(at, found.at);
  return found.withdrawn !== null ? [] : [{ type: "DocumentWithdrawn", data: { document, reason } }];
};

/** What was found counts once: nothing that does harm is let out later. */
export const tellScan: Rule<Pick<Needs, "documents">, TellScan, DocumentFact> = ({ documents }, { document, clean }) => {
  const found = documents.find((each) => each.document === document);
  if (found?.scan !== "Awaited") return [];
  return [{ type: clean ? "DocumentReleased" : "DocumentQuarantined", data: { document } }];
};
