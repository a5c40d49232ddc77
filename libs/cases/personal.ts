type ClassFields = Readonly<Record<string, unknown>>;

/** What a fact keeps of what a request says: the classes that it tells, sealed, and those that it takes away, by name. */
export interface PersonalContent<C extends string = string> {
  readonly personal: Record<string, { [K in C]?: any }> | undefined;
  readonly removed: C[] | undefined;
}

/**
 * What a request says of each class about a person. Fields that are all left out say nothing, and what was there stays; where one is
 * given the whole record of the class is, and fields that are null are none of it; where all that are given are null, it is removed.
 */
export function personalContent<C extends string>(subject: string, classes: Readonly<Record<C, ClassFields>>): PersonalContent<C> {
  const given = (Object.entries(classes) as [C, ClassFields][]).map(([name, fields]) => {
    const sent = Object.entries(fields).filter(([, value]) => value !== undefined);
    return { name, sent, said: sent.filter(([, value]) => value !== null && value !== "") };
  });
  const personal = given.filter(({ said }) => said.length > 0).map(({ name, said }) => [name, Object.fromEntries(said)]);
  const removed = given.filter(({ sent, said }) => sent.length > 0 && said.length === 0).map(({ name }) => name);
  return {
    personal: personal.length > 0 ? { [subject]: Object.fromEntries(personal) as { [K in C]?: object } } : undefined,
    removed: removed.length > 0 ? removed : undefined,
  };
}
