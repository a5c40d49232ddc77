import { randomUUID } from "node:crypto";
import { demoPeople } from "#platform/sign-in/sign-in.js";
import { formOf } from "../support/forms.js";
import type { Reply, System } from "../support/system.js";

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
export const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();
export const idOf = (username: string): string => demoPeople.find((each) => each.username === username)!.id;
/** Of nothing that there is. */
export const nothing = "4c5a1f60-0000-4000-8000-00000000dead";

/** One record, and what is done with it by REST. */
export class Told {
  /** Its address: `/v1/cases/<id>`. */
  at = "";
  /** What a machine keeps in mind of it, such as another record. */
  readonly kept: Record<string, string> = {};
  #needed: ((told: Told) => Promise<unknown>) | undefined;

  constructor(
    readonly system: System,
    readonly reader = "amina",
    needed?: (told: Told) => Promise<unknown>,
  ) {
    this.#needed = needed;
  }

  /** Brings about what the changes need that are to be played, where that can be; else by itself before they are. */
  async provide(): Promise<void> {
    await this.#needed?.(this);
    this.#needed = undefined;
  }

  get id(): string {
    return this.at.split("/").at(-1)!;
  }

  /** Begins a record. Answers its address. */
  async begun(path: string, body: object, who = "amina"): Promise<string> {
    const reply = await this.system.post(who, path, body, { "idempotency-key": randomUUID() });
    if (reply.status !== 201) throw new Error(`${path} was refused: ${JSON.stringify(reply.body)}`);
    return `${path.slice(0, path.lastIndexOf("/"))}/${reply.body.id}`;
  }

  /** `revision`: of which the change was made, where it has to name one. */
  ask(who: string, verb: string, body: object, revision?: number): Promise<Reply> {
    const { file, ...fields } = body as { file?: string };
    const headers: Record<string, string> = revision === undefined ? {} : { "if-match": String(revision) };
    return file === undefined ? this.system.post(who, `${this.at}/${verb}`, body, headers) : this.#sent(who, verb, fields, file);
  }

  /** Without a key, so that nothing is stored but what has happened. */
  async #sent(who: string, verb: string, fields: object, file: string): Promise<Reply> {
    const response = await fetch(`${this.system.base}${this.at}/${verb}`, {
      method: "POST",
      headers: { authorization: `Bearer ${await this.system.token(who)}` },
      body: formOf({ ...fields }, { bytes: Buffer.from(file), name: "letter.txt", type: "text/plain" }),
    });
    // A person's uploads come one after another, where they are too many at once.
    if (response.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return this.#sent(who, verb, fields, file);
    }
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  /** Makes a change that has to succeed. */
  async did(verb: string, body: object = {}, who = "amina"): Promise<void> {
    const { status, body: answer } = await this.ask(who, verb, body);
    if (status !== 200) throw new Error(`${verb} by ${who} was refused: ${JSON.stringify(answer)}`);
  }

  /** As the api tells it. */
  async now(who = this.reader): Promise<{ revision: number; state: any }> {
    const { status, body } = await this.system.get(who, `${this.at}/state`);
    if (status !== 200) throw new Error(`${this.at} is not for ${who}: ${JSON.stringify(body)}`);
    return body;
  }

  async state(who = this.reader): Promise<any> {
    return (await this.now(who)).state;
  }

  /** The id, in the history, of the last entry of this type. */
  async entry(type: string): Promise<string> {
    const { body } = await this.system.get("amina", `${this.at}/history?first=200`);
    return body.items.findLast((each: { type: string }) => each.type === type)?.id ?? nothing;
  }

  /** Waits until it is so. */
  async until(isSo: (state: any) => boolean): Promise<void> {
    const end = Date.now() + 30_000;
    while (!isSo(await this.state())) {
      if (Date.now() > end) throw new Error(`${this.at} did not come so far`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
