import { registerEnumType } from "@nestjs/graphql";
import type { Vocabulary } from "#kernel/labels.js";

// Code lists as types of GraphQL and OpenAPI, so that a frontend's compiler knows the codes. A field is declared with its codes alone; the list
// that they are is found here when the schema is made, because what codes are called is said apart from them.

/** What GraphQL takes as the name of a value. */
const isName = (code: string): boolean => /^(?!__|true$|false$|null$)[A-Za-z_]\w*$/.test(code);
const typeName = (list: string): string => `${list[0]!.toUpperCase()}${list.slice(1)}`;
const keyOf = (codes: readonly string[]): string => codes.toSorted().join();

const names = new Map<string, string>();
const enums = new Map<string, object>();

/** Makes each list a type. Lists of which GraphQL cannot name every code, such as age bands, are texts there, with their codes in the description. */
export function nameCodes(vocabularies: Readonly<Record<string, Vocabulary>>): void {
  for (const [list, vocabulary] of Object.entries(vocabularies)) {
    const codes = Object.keys(vocabulary);
    const key = keyOf(codes);
    if (names.has(key)) continue;
    names.set(key, typeName(list));
    if (!codes.every(isName)) continue;
    const values = Object.fromEntries(codes.map((code) => [code, code]));
    const valuesMap = Object.fromEntries(codes.map((code) => [code, { description: vocabulary[code]![0] }]));
    registerEnumType(values, { name: typeName(list), valuesMap });
    enums.set(key, values);
  }
}

/** The type of these codes in GraphQL: of a list that is not named there, a text. */
export const graphqlCodes = (codes: readonly string[]): object => enums.get(keyOf(codes)) ?? String;

/** What a field of such codes says of itself, where its type does not tell them. */
export const toldCodes = (codes: readonly string[]): string | undefined =>
  codes.every(isName) ? undefined : `One of ${codes.map((code) => `\`${code}\``).join(", ")}`;

/** The name of a list of these codes, if they are one. */
export const codesName = (codes: readonly string[]): string | undefined => names.get(keyOf(codes));
