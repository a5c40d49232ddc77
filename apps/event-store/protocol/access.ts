import { status, type Metadata } from "@grpc/grpc-js";
import { accessListFor, decidedBy, mayManageGroups, mayUse, mayWatchGroups, type Caller, type Right } from "../semantics/access.js";
import { validMetadataOf, validSettingsOf } from "../semantics/metadata.js";
import { settingsStream } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import type { Users } from "../storage/users.js";
import { accessDenied, failure } from "./failure.js";

/** Anything that came with headers. */
export interface Asked {
  readonly metadata: Metadata;
}

/** Decides who may do what. Without users everything is open. */
export class Access {
  /** The settings as they were read last: they decide about nearly every call, and hardly ever change. */
  #settings: { readonly text: Buffer | null; readonly read: Readonly<Record<string, unknown>> } | undefined;

  constructor(
    readonly users: Users | null,
    readonly reading: Reading,
  ) {}

  get isOpen(): boolean {
    return this.users === null;
  }

  /** Who asks. Throws where the name or the password is wrong. */
  async callerOf({ metadata }: Asked): Promise<Caller> {
    if (!this.users) return "system";
    const header = metadata.get("authorization")[0];
    if (header === undefined) return "anonymous";
    const text = /^Basic (\S+)$/i.exec(String(header))?.[1];
    const [, login, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(text ?? "", "base64").toString("utf8")) ?? [];
    const caller = login === undefined ? null : await this.users.signIn(login, password!);
    if (!caller) throw failure(status.UNAUTHENTICATED, "Unauthenticated");
    return caller;
  }

  /** Before the stream's state is looked at: whether it exists is nobody's business who may not use it. */
  async require(asked: Asked, stream: string, right: Right): Promise<Caller> {
    const caller = await this.callerOf(asked);
    if (caller === "system") return caller;
    const decided = decidedBy(stream, right);
    const [metadata, settings] = await Promise.all([this.reading.metadata(decided.stream), this.reading.rule(settingsStream)]);
    if (settings !== this.#settings?.text) this.#settings = { text: settings, read: validSettingsOf(settings) };
    const list = accessListFor(decided.stream, validMetadataOf(metadata), this.#settings!.read);
    if (!mayUse(caller, decided.stream, decided.right, list)) throw accessDenied();
    return caller;
  }

  async requireGroups(asked: Asked, act: "manage" | "watch"): Promise<void> {
    const caller = await this.callerOf(asked);
    if (!(act === "manage" ? mayManageGroups(caller) : mayWatchGroups(caller))) throw accessDenied();
  }
}
