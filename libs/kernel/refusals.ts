const codesOf = new WeakMap<object, readonly string[]>();

/**
 * `@Refuses("ConsentUnknown", "ConsentNotStanding")`: with which codes the rule of this request may refuse, for the documents. A test holds
 * them against what the rule, and every function that it calls, requires.
 */
export const Refuses =
  (...codes: readonly string[]): ClassDecorator =>
  (request) =>
    void codesOf.set(request, codes);

/** Those of a request. */
export const refusalsOf = (request: object): readonly string[] => codesOf.get(request) ?? [];
