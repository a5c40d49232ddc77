import { v5 as uuidv5 } from "uuid";
import { organisation } from "../journeys/journey.js";
import type { Reply, System } from "../support/system.js";
import { tokenUntil } from "../support/token.js";
import type { Person } from "./reading.js";

const lifetime = 890_000;

/** What tells people apart. */
const nameOf = ({ role, shelter, ...more }: Person): string => [role, shelter, ...Object.values(more)].join(" ");
/** By what she is known. */
export const idOf = (person: Person): string => uuidv5(nameOf(person), organisation);

/** Asks as somebody of a role, by a token that the system's own issuer might have given her. */
export class People {
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(private readonly system: System) {}

  token(person: Person): Promise<string> {
    const { role, shelter, district } = person;
    const name = nameOf(person);
    const claims = { role, organisation: person.organisation ?? organisation, ...(shelter && { shelter }), ...(district && { district }) };
    const known = this.#tokens.get(name) ?? tokenUntil(this.system, new Date(Date.now() + lifetime), claims, idOf(person));
    this.#tokens.set(name, known);
    return known;
  }

  /** `undefined`: without a token. */
  async send(person: Person | undefined, method: string, path: string, body?: object, headers: object = {}): Promise<Response> {
    const authorization = person && { authorization: `Bearer ${await this.token(person)}` };
    // A form says itself what it is.
    const isForm = body instanceof FormData;
    const json = body && !isForm && { "content-type": "application/json" };
    return fetch(`${this.system.base}${path}`, {
      method,
      headers: { ...authorization, ...json, ...headers },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
  }

  async ask(person: Person | undefined, method: string, path: string, body?: object, headers: object = {}): Promise<Reply> {
    const response = await this.send(person, method, path, body, headers);
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  /** Sends a change that is to succeed. */
  async done(person: Person, path: string, body: object): Promise<any> {
    const reply = await this.ask(person, "POST", path, body);
    if (reply.status >= 300) throw new Error(`${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** What a query or a mutation is answered with: its data, or the first problem. */
  async graphql(person: Person | undefined, query: string, variables: object = {}): Promise<{ data?: any; status: number; problem?: any }> {
    const { body } = await this.ask(person, "POST", "/graphql", { query, variables });
    const problem = body.errors?.[0]?.extensions ?? (body.status ? body : undefined);
    return problem ? { status: problem.status, problem } : { status: 200, data: body.data };
  }
}
