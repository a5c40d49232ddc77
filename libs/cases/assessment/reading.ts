/** What is wrong with a template, and at which place of it: names of fields and places in lists. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly reason: string;
}

/** A part of what was written, read as what it should be. What it is not is collected, so that all of it is told at once. */
export class Reading {
  constructor(
    readonly value: unknown,
    readonly path: Fault["path"] = [],
    readonly faults: Fault[] = [],
  ) {}

  #refuse<T>(reason: string, instead: T): T {
    this.faults.push({ path: this.path, reason });
    return instead;
  }

  #fields(): Readonly<Record<string, unknown>> {
    const { value } = this;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  }

  /** It has these fields and no others, so that a slip in a name is told. */
  only(...names: readonly string[]): void {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return this.#refuse("fields are expected here", undefined);
    for (const name of Object.keys(value))
      if (!names.includes(name)) this.faults.push({ path: [...this.path, name], reason: `there is no field ${JSON.stringify(name)} here` });
  }

  /** A field of it that must be there. */
  at(name: string): Reading {
    const fields = this.#fields();
    if (!Object.hasOwn(fields, name) || fields[name] === null || fields[name] === undefined) {
      this.faults.push({ path: [...this.path, name], reason: `${name} is missing` });
      // What is missing is told once.
      return new Reading(undefined, this.path, []);
    }
    return new Reading(fields[name], [...this.path, name], this.faults);
  }

  /** A field of it that may be left out. */
  optional(name: string): Reading | undefined {
    const fields = this.#fields();
    return Object.hasOwn(fields, name) && fields[name] !== undefined
      ? new Reading(fields[name], [...this.path, name], this.faults)
      : undefined;
  }

  text(form: RegExp, what: string): string {
    return typeof this.value === "string" && form.test(this.value) ? this.value : this.#refuse(`it must be ${what}`, "");
  }

  number(least: number, most: number): number {
    const { value } = this;
    const isHeld = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
    return isHeld ? value : this.#refuse(`it must be a whole number from ${least} to ${most}`, least);
  }

  truth(): boolean {
    return typeof this.value === "boolean" ? this.value : this.#refuse("it must be true or false", false);
  }

  oneOf<const T extends string>(values: readonly T[], what: string): T {
    const found = values.find((each) => each === this.value);
    return found ?? this.#refuse(`there is no ${what} ${JSON.stringify(this.value)}: it must be one of ${values.join(", ")}`, values[0]!);
  }

  list(least: number, most: number): readonly Reading[] {
    const { value } = this;
    if (!Array.isArray(value) || value.length < least || value.length > most)
      return this.#refuse(`it must be a list of ${least} to ${most}`, []);
    return value.map((each, place) => new Reading(each, [...this.path, place], this.faults));
  }
}
