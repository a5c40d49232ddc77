import { getMetadataStorage } from "class-validator";

/**
 * The library looks through every class there is for those that a request inherits from, at each request anew. A class is complete when it is
 * first asked about, so that what was found for it holds.
 */
export function rememberValidations(): void {
  const storage = getMetadataStorage();
  const look = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, Map<string, ReturnType<typeof look>>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (typeof target !== "function" || schema || groups?.length) return look(target, schema, always, strictGroups, groups);
    const of = known.get(target) ?? new Map<string, ReturnType<typeof look>>();
    const way = `${always} ${strictGroups}`;
    const found = of.get(way) ?? look(target, schema, always, strictGroups, groups);
    known.set(target, of.set(way, found));
    return found;
  };
}
