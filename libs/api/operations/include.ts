import { ApiQuery } from "@nestjs/swagger";
import { malformed } from "#platform/http/problem.js";
import type { Answer, Answered, Call } from "./operation.js";

// What hangs below a record comes with it, where it is asked for: `GET /v1/cases/{id}?include=consents,teamMembers`.

interface Included {
  readonly input: object;
  readonly included: readonly string[];
}

/** What is to come with the answer, and the other parameters. @throws 400 where there is no such thing */
export function includedIn({ includes }: Answered, given: object): Included {
  if (!includes || !("include" in given)) return { input: given, included: [] };
  const { include, ...input } = given as { include: unknown };
  const names = [...new Set(String(include).split(","))];
  if (names.some((each) => !Object.hasOwn(includes, each)))
    throw malformed("include", `any of ${Object.keys(includes).join(", ")}, with commas between`);
  return { input, included: names };
}

/** The answer, and a page of everything else that was asked for. */
export async function withIncluded(operation: Answered, call: Call, names: readonly string[]): Promise<Answer> {
  const [answer, ...pages] = await Promise.all([operation.run(call), ...names.map((name) => operation.includes![name]!(call))]);
  if (names.length === 0) return answer;
  return { ...answer, body: { ...answer.body, ...Object.fromEntries(names.map((name, index) => [name, pages[index]])) } };
}

export const includeParameter = ({ includes }: Answered): MethodDecorator[] =>
  includes
    ? [
        ApiQuery({
          name: "include",
          required: false,
          description: "Pages of what hangs below it, each as a property of the answer",
          schema: { type: "array", items: { type: "string", enum: Object.keys(includes) } },
          explode: false,
          style: "form",
        }),
      ]
    : [];
