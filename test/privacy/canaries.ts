import { getMetadataStorage } from "class-validator";
import { personalFields } from "#access/personal.js";
import { operations } from "#domain/domain.js";
import { People } from "../access/people.js";
import type { Person } from "../access/reading.js";

/** What every canary holds: in words, and where only digits may stand. */
export const marks = ["Kanari7QzXw", "791357913"] as const;

/** The fields of a request in which a person may be told of in free words: codes, days and numbers tell nothing that could be looked for. */
const textsOf = (request: new () => object): string[] => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(request, "", false, false);
  const isText = (field: string) => {
    const names = rules.filter(({ propertyName }) => propertyName === field).map(({ name }) => name);
    return ["isString", "isEmail", "isPhone"].some((each) => names.includes(each)) && !names.includes("isDay");
  };
  return [...personalFields(request).keys()].filter(isText);
};

/** The changes there are, with what each is sent. */
const changes = operations.flatMap((each) =>
  each.kind === "mutation" && "input" in each && each.input ? [{ ...each, input: each.input }] : [],
);

/** Every free text about a person that a change takes: `recordIdentity.givenName`. */
export const allTexts: readonly string[] = changes.flatMap(({ name, input }) => textsOf(input).map((field) => `${name}.${field}`));

/** People who say something of their own in every text about a person, in place of what they are told to say. */
export class CanaryPeople extends People {
  /** The fields that have been told: `recordIdentity.givenName`. */
  readonly told = new Set<string>();
  #count = 0;

  override done(person: Person, path: string, body: object): Promise<any> {
    return super.done(person, path, this.withCanaries(path, body));
  }

  withCanaries(path: string, body: object): object {
    const operation = changes.find((each) => isPath(`/v1${each.path}`, path));
    if (!operation) return body;
    const texts = textsOf(operation.input).filter((field) => typeof (body as Record<string, unknown>)[field] === "string");
    for (const field of texts) this.told.add(`${operation.name}.${field}`);
    return {
      ...body,
      ...Object.fromEntries(texts.map((field) => [field, this.#canaryFor(String((body as Record<string, unknown>)[field]))])),
    };
  }

  #canaryFor(text: string): string {
    const number = this.#count++;
    if (/^\+\d+$/.test(text)) return `+255${marks[1]}${String(number % 100).padStart(2, "0")}`;
    return text.includes("@") ? `${marks[0]}${number}@example.org` : `${marks[0]} ${number}`;
  }
}

const isPath = (declared: string, path: string): boolean => {
  const [parts, given] = [declared.split("/"), path.split("/")];
  return parts.length === given.length && parts.every((part, index) => part.startsWith("{") || part === given[index]);
};
