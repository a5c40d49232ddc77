import { status, type Metadata } from "@grpc/grpc-js";
import { accessListFor, decidedBy, mayManageGroups, mayUse, mayWatchGroups, type StoreCaller, type Right } from "../semantics/access.js";
import { validMetadataOf, validSettingsOf } from "../semantics/metadata.js";
import { settingsStream, subjectOf } from "../semantics/stream.js";
import { type SignIn, TooManyAttempts } from "../sign-in.js";
import type { Reading } from "../storage/reading.js";
import { accessDenied, failure } from "./failure.js";

/** Anything that came with headers, from somewhere. */
export interface IncomingCall {
  readonly metadata: Metadata;
  /** Address and port. */
  getPeer(): string;
}

/** Whoever can tell what a link points to may do so to this caller. */
export type MayRead = (stream: string) => Promise<boolean>;

export const addressOf = (asked: Pick<IncomingCall, "getPeer">): string => asked.getPeer().replace(/:\d+$/, "");

/** Decides who may do what. Without users everything is open. */
export class Access {
  /** The settings as they were read last: they decide about nearly every call, and hardly ever change. */
  #settings: { readonly text: Buffer | null; readonly read: Readonly<Record<string, unknown>> } | undefined;

  constructor(
    readonly signIn: SignIn | null,
    readonly reading: Reading,
  ) {}

  get isOpen(): boolean {
    return this.signIn === null;
  }

  /** Who asks. Throws where the name or the password is wrong. */
  async callerOf(asked: IncomingCall): Promise<StoreCaller> {
    if (!this.signIn) return "system";
    const header = asked.metadata.get("authorization")[0];
    if (header === undefined) return "anonymous";
    const text = /^Basic (\S+)$/i.exec(String(header))?.[1];
    const [, login, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(text ?? "", "base64").toString("utf8")) ?? [];
    const caller = login === undefined ? null : await this.signIn.check(login, password!, addressOf(asked)).catch(asFailure);
    if (!caller) throw failure(status.UNAUTHENTICATED, "Unauthenticated");
    return caller;
  }

  /** Before the stream's state is looked at: whether it exists is nobody's business who may not use it. */
  async require(asked: IncomingCall, stream: string, right: Right): Promise<StoreCaller> {
    const caller = await this.callerOf(asked);
    if (caller === "system") return caller;
    // A metadata stream is part of its stream: it is changed, and nobody deletes it by itself.
    if (right === "delete" && subjectOf(stream) !== null) throw accessDenied();
    if (!(await this.#may(caller, stream, right))) throw accessDenied();
    return caller;
  }

  /** For links: what they point to is shown to whoever could read it where it lies. */
  mayRead(caller: StoreCaller): MayRead {
    return async (stream) => caller === "system" || this.#may(caller, stream, "read");
  }

  async #may(caller: StoreCaller, stream: string, right: Right): Promise<boolean> {
    const decided = decidedBy(stream, right);
    const [metadata, settings] = await Promise.all([this.reading.metadata(decided.stream), this.reading.rule(settingsStream)]);
    if (settings !== this.#settings?.text) this.#settings = { text: settings, read: validSettingsOf(settings) };
    const list = accessListFor(decided.stream, validMetadataOf(metadata), this.#settings!.read);
    return mayUse(caller, decided.stream, decided.right, list);
  }

  async requireGroups(asked: IncomingCall, act: "manage" | "watch"): Promise<void> {
    const caller = await this.callerOf(asked);
    if (!(act === "manage" ? mayManageGroups(caller) : mayWatchGroups(caller))) throw accessDenied();
  }
}

const asFailure = (error: unknown): never => {
  throw error instanceof TooManyAttempts ? failure(status.RESOURCE_EXHAUSTED, error.message) : error;
};

/** Whose share of what there is a caller takes up. */
export const userOf = (caller: StoreCaller): string => (typeof caller === "string" ? caller : `user ${caller.login}`);
