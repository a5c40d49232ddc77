import Fastify from "fastify";
import { createLogger } from "./logging.js";
import { nestLogger } from "./nest-logger.js";

const canary = "Example Person";

const logged = () => {
  const lines: string[] = [];
  const logger = createLogger("api", "debug", { write: (line) => lines.push(line) });
  return { logger, text: () => lines.join(""), lines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe("the log", () => {
  test("holds ids, codes and figures", () => {
    const { logger, lines } = logged();
    logger.info({ caseId: "6f1d", revision: 3n, code: "CaseNotOpen", duration: 0.2 }, "Change refused");
    expect(lines()).toEqual([
      expect.objectContaining({
        service: "api",
        level: "info",
        caseId: "6f1d",
        revision: "3",
        code: "CaseNotOpen",
        duration: 0.2,
        msg: "Change refused",
      }),
    ]);
  });

  test("leaves out a name, wherever it is handed in", () => {
    const { logger, text, lines } = logged();
    logger.info({ name: canary, personal: { identity: { name: canary } }, caseId: { name: canary } }, "Field");
    logger.child({ name: canary, caseId: "1" }).info("Child");
    logger.child({ caseId: "1" }).child({ name: canary }).info({ name: canary }, "Grandchild");
    logger.info("Interpolated %s", canary);
    expect(lines()).toHaveLength(4);
    expect(text()).not.toContain(canary);
  });

  test("tells where an error happened, and not what it quotes", () => {
    const { logger, text, lines } = logged();
    const error = Object.assign(new TypeError(canary, { cause: new Error(canary) }), { code: "22P02", detail: canary });
    logger.error(error);
    logger.error({ err: error }, error.message);
    logger.error({ error }, "Could not project");
    expect(text()).not.toContain(canary);
    for (const line of lines()) expect(line["error"]).toMatchObject({ kind: "TypeError", code: "22P02", cause: { kind: "Error" } });
    expect(lines()[0]!["error"]).toMatchObject({ where: expect.arrayContaining([expect.stringContaining("logging.spec")]) });
  });

  test("of Fastify tells the route's pattern, and no address, header, body or error message", async () => {
    const { logger, text, lines } = logged();
    const server = Fastify({ loggerInstance: logger });
    server.post("/v1/cases/:id", () => {
      throw new Error(canary);
    });
    const name = encodeURIComponent(canary);
    await server.inject({ method: "POST", url: `/v1/cases/${name}?q=${name}`, headers: { "x-name": canary }, payload: { name: canary } });
    await server.inject(`/nowhere/${name}?q=${name}`);
    expect(text()).not.toMatch(new RegExp(`${canary}|${name}`));
    expect(lines()).toContainEqual(expect.objectContaining({ method: "POST", route: "/v1/cases/:id" }));
    expect(lines()).toContainEqual(expect.objectContaining({ route: "/v1/cases/:id", status: 500 }));
  });

  test("of Nest keeps its own sentences, and no error's message", () => {
    const { logger, text, lines } = logged();
    const nest = nestLogger(logger);
    nest.log("Mapped {/v1/cases, GET} route", "RouterExplorer");
    nest.error(new Error(canary));
    nest.error(canary, `Error: ${canary}\n    at file.js:1:1`, "ExceptionsHandler");
    nest.warn({ name: canary });
    expect(lines()[0]).toMatchObject({ context: "RouterExplorer", msg: "Mapped {/v1/cases, GET} route" });
    expect(lines()).toHaveLength(4);
    expect(text()).not.toContain(canary);
  });
});
