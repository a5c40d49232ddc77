const texts = new WeakMap<object, Map<string, string>>();

/** `@Described("Until when: never for ever")`: what a field of a request says, for the documents of both protocols. */
export const Described =
  (text: string): PropertyDecorator =>
  ({ constructor }, property) => {
    const known = texts.get(constructor) ?? new Map<string, string>();
    texts.set(constructor, known.set(String(property), text));
  };

/** What a field of a request, or of the class that it extends, says. */
export function descriptionOf(request: object, property: string): string | undefined {
  const text = texts.get(request)?.get(property);
  const parent = Object.getPrototypeOf(request) as object | null;
  return text ?? (parent ? descriptionOf(parent, property) : undefined);
}
