import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { answerProblem } from "#api/operations/problems.js";
import { networkOf } from "#platform/http/network.js";
import { malformed, notAllowedOrUnknown } from "#platform/http/problem.js";
import type { Accounts } from "#platform/sign-in/accounts.js";
import type { Verified } from "#platform/sign-in/token.js";
import type { Provider } from "oidc-provider";
import type { Arrivals } from "./arrivals.js";
import type { Interaction, Step } from "./interaction.js";
import * as pages from "./pages.js";
import { languageOf, type Language } from "#platform/http/language.js";

const open = { config: { open: true } };
/** A form of sign-in, bytes. */
const largestForm = 8_192;
const prefix = "/sign-in";

interface Served {
  /** Null: people sign in at another provider, and only join by a link. */
  readonly provider: Provider | null;
  readonly interaction: Interaction | null;
  readonly arrivals: Arrivals;
  readonly accounts: Accounts;
  /** Whose token this is, whether or not she is known here. @throws 401 */
  readonly verified: (authorization: string | undefined, address: string) => Promise<Verified>;
}

type Form = Readonly<Record<string, string>>;

/** Everything below `/sign-in`: pages of ours, and the provider's own addresses. */
export const signInRoutes =
  ({ provider, interaction, arrivals, accounts, verified }: Served) =>
  async (server: FastifyInstance): Promise<void> => {
    server.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: largestForm },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );
    serveLinks(server, arrivals, verified);
    if (!provider || !interaction) return;
    serveInteractions(server, provider, interaction);
    server.post(`${prefix}/out-everywhere`, open, async (request, reply) => {
      try {
        const { subject } = await verified(request.headers.authorization, networkOf(request.ip));
        await accounts.signOut(subject);
        return reply.status(204).send();
      } catch (error) {
        return answerProblem(reply, error);
      }
    });
    await server.register(providerRoutes(provider));
  };

/** The provider reads bodies itself. */
const providerRoutes = (provider: Provider) => async (server: FastifyInstance) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", (_request, _body, done) => done(null));
  const answer = provider.callback();
  server.all(`${prefix}/*`, open, (request, reply) => {
    reply.hijack();
    const { raw } = request;
    Object.assign(raw, { originalUrl: raw.url });
    raw.url = raw.url!.slice(prefix.length);
    void answer(raw, reply.raw);
  });
};

function serveLinks(server: FastifyInstance, arrivals: Arrivals, verified: Served["verified"]): void {
  server.get<{ Params: { secret: string } }>(`${prefix}/link/:secret`, open, async (request, reply) => {
    const { secret } = request.params;
    const [link, language] = [await arrivals.accounts.link(secret), languageIn(request)];
    if (!link) return send(reply, 404, pages.pageOfProblem(language, "LinkUsed"));
    const shown = { language, action: `${prefix}/link/${secret}` };
    return send(reply, 200, link.kind === "found" ? pages.pageOfFounding(shown) : pages.pageOfJoining(shown));
  });
  server.post<{ Params: { secret: string } }>(`${prefix}/link/:secret`, { ...open, bodyLimit: largestForm }, async (request, reply) => {
    const { secret } = request.params;
    const [form, language] = [formOf(request.body), languageIn(request)];
    const link = await arrivals.accounts.link(secret);
    const arrival = { username: text(form, "username"), password: form["password"] ?? "", again: form["again"] ?? "" };
    const problem = await arrivals.arrive(secret, { ...arrival, organisation: text(form, "organisation"), name: text(form, "name") });
    if (problem === null) return send(reply, 200, pages.pageOfDone(language));
    if (!link || problem === "LinkUsed") return send(reply, 404, pages.pageOfProblem(language, "LinkUsed"));
    const shown = { language, problem, action: `${prefix}/link/${secret}` };
    return send(reply, 400, link.kind === "found" ? pages.pageOfFounding(shown) : pages.pageOfJoining(shown));
  });
  server.post(`${prefix}/join`, { ...open, bodyLimit: largestForm }, async (request, reply) => {
    try {
      const who = await verified(request.headers.authorization, networkOf(request.ip));
      const { link, organisation = "", name = "" } = (request.body ?? {}) as Record<string, unknown>;
      if (typeof link !== "string") throw malformed("link", "the last part of the address that you were given");
      if (!(await arrivals.join(link, who, { organisation: String(organisation), name: String(name) }))) throw notAllowedOrUnknown();
      return await reply.status(204).send();
    } catch (error) {
      return answerProblem(reply, error);
    }
  });
}

function serveInteractions(server: FastifyInstance, provider: Provider, interaction: Interaction): void {
  const address = `${prefix}/interaction/:uid`;
  server.get<{ Params: { uid: string } }>(address, open, async (request, reply) => {
    const { params } = await provider.interactionDetails(request.raw, reply.raw).catch(() => ({ params: undefined }));
    const language = languageIn(request, params?.["ui_locales"]);
    if (!params) return send(reply, 404, pages.pageOfProblem(language, "SignInOver"));
    return send(reply, 200, pages.pageOfPassword({ language, action: `${prefix}/interaction/${request.params.uid}` }));
  });
  server.post<{ Params: { uid: string } }>(address, { ...open, bodyLimit: largestForm }, async (request, reply) => {
    const { uid } = request.params;
    const details = await provider.interactionDetails(request.raw, reply.raw).catch(() => null);
    const language = languageIn(request, details?.params["ui_locales"]);
    if (!details || details.uid !== uid) return send(reply, 404, pages.pageOfProblem(language, "SignInOver"));
    const form = formOf(request.body);
    const given = {
      username: text(form, "username"),
      password: form["password"] ?? "",
      code: text(form, "code"),
      proof: text(form, "proof"),
    };
    const step = await interaction.step(given, { address: networkOf(request.ip), uid });
    if (!("done" in step)) return send(reply, step.problem ? 400 : 200, pageOf(step, language, `${prefix}/interaction/${uid}`));
    reply.hijack();
    await provider.interactionFinished(request.raw, reply.raw, { login: { accountId: step.done } });
    return undefined;
  });
}

function pageOf(step: Exclude<Step, { readonly done: string }>, language: Language, action: string): string {
  const shown = { language, action, problem: step.problem };
  if (step.ask === "password") return pages.pageOfPassword(shown, step.username);
  return step.ask === "code" ? pages.pageOfCode(shown, step.proof) : pages.pageOfEnrolment(shown, step);
}

const send = (reply: FastifyReply, status: number, page: string) => reply.status(status).headers(pages.pageHeaders).send(page);

const formOf = (body: unknown): Form => (typeof body === "object" && body !== null ? (body as Form) : {});
const text = (form: Form, name: string): string => (form[name] ?? "").trim();

const languageIn = ({ query, body, headers }: FastifyRequest, locales?: unknown): Language => {
  const said = (from: unknown) => (from as { lang?: string } | undefined)?.lang;
  return languageOf(said(query), said(body), typeof locales === "string" ? locales : undefined, headers["accept-language"]);
};
