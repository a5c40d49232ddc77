// The form in which the people concerned say, once more and by hand, who may do and see what: a test holds the policy against it. Each topic
// says it of itself, in a file `*.expected.ts` beside it, after the matrix of the field's practice.

/** An area; `open`: whoever may ask sees it. `location of itself`, `location of its shelter`: for the staff of the house that it names. */
export type ExpectedArea = string;
/** Fields by their path: `by.id`, `beds[].stay`. */
export type ExpectedAreas = Readonly<Record<string, ExpectedArea>>;

/**
 * Whose record an operation is about: `a case`, `a shelter`, or another kind. `begun`: one that is not there yet. `narrowed`: a list of one's
 * own shelter's rows.
 */
export type Whose = "all" | "narrowed" | "begun" | `a ${string}` | `an ${string}`;

export interface ExpectedRight {
  readonly act: "read" | "write";
  readonly on: string;
  readonly whose: Whose;
  /** An area that one must see besides, of the same record. */
  readonly knowing?: string;
  /** Also for those who do not stand to the record. */
  readonly opening?: boolean;
}

/** A house with somebody in it, in which a story is told, so that everything has happened that can happen. */
export interface Scene {
  readonly shelter: string;
  /** Her case. */
  readonly resident: string;
  /** Her stay. */
  readonly stay: string;
  /** The case of somebody who has no bed. */
  readonly newcomer: string;
  /** The id of somebody whom a wall is to keep out of what it can. */
  readonly barred: string;
  /** The id of whoever of this role makes changes in that house. */
  readonly person: (role: string) => string;
  /** The state of a record, such as `/v1/cases/{id}`, as somebody of this role in that house sees it; a case manager, if not said. */
  readonly state: (record: string, role?: string) => Promise<unknown>;
  /** Waits until a fact of this type is in the history of a record, such as `/v1/cases/{id}`. */
  readonly happened: (record: string, type: string) => Promise<void>;
  /** The id of the fact of this revision in the history of a record. */
  readonly entry: (record: string, revision: number) => Promise<string>;
  /** Makes a change as somebody of this role in that house; `POST path`. Answers its receipt. */
  readonly done: (role: string, path: string, body?: object) => Promise<{ readonly id: string; readonly revision: number }>;
}

/** Somebody who asks, in these stories. */
export interface ExpectedPerson {
  readonly role: string;
  /** The house in which she works, if she works in one. */
  readonly shelter?: string;
  /** Where it is not the one that all others work for. */
  readonly organisation?: string;
  readonly district?: string;
  /** A wall keeps her out of what it can. */
  readonly barred?: "yes";
}

/** What one topic says of itself. */
export interface Expectation {
  /** Every operation, by its name in OpenAPI and GraphQL. `anybody`: who is signed in. */
  readonly operations?: Readonly<Record<string, ExpectedRight | "anybody">>;
  /** Fields of requests that tell of a person: the class that one must be allowed to write. */
  readonly personal?: Readonly<Record<string, ExpectedAreas>>;
  /** Every field of every answer, by the answer's name in OpenAPI. Of a structure, each field within. */
  readonly answers?: Readonly<Record<string, ExpectedAreas>>;
  /** By aggregate, every part of what its facts fold into. */
  readonly states?: Readonly<Record<string, ExpectedAreas>>;
  /** What each fact tells. */
  readonly facts?: Readonly<Record<string, ExpectedArea | ExpectedAreas>>;
  /** Who may do what in an area of the topic's own: role -> `R` or `W`, which includes it. */
  readonly cells?: Readonly<Record<string, Readonly<Record<string, "R" | "W">>>>;
  /** Operations that GraphQL does not know, because files go to and fro. */
  readonly byRestAlone?: readonly string[];
  /** Changes that the least that one can say is refused of, by whoever may make them. */
  readonly refusesTheLeast?: readonly string[];
  /** Facts that no story can let happen, and fields of answers that none fills, such as `EmergencyAccess.overdueSince`. */
  readonly notInStories?: readonly string[];
  /** What is sealed, as the story tells it: by the column of the answer that shows it, `target` or `Goal.target`; where the column has many, or by the fact. */
  readonly told?: Readonly<Record<string, object>>;
  /** By kind, such as `a complaint`: who stands to those that are begun, of everybody who has a right to them. Not said: whoever has. */
  readonly stands?: Readonly<Record<`a ${string}` | `an ${string}`, (person: ExpectedPerson) => boolean>>;
  /** By kind, such as `a complaint`: begins one in the scene and answers its id. */
  readonly begin?: Readonly<Record<`a ${string}` | `an ${string}`, (scene: Scene) => Promise<string>>>;
  /** Lets happen, to her case and in her house, what can happen by this topic. */
  readonly story?: (scene: Scene) => Promise<void>;
}

/** `right("write", "consent", "a case")` */
export const right = (act: ExpectedRight["act"], on: string, whose: Whose): ExpectedRight => ({ act, on, whose });

/** The same of each of these names. */
export const eachOf = <K extends string, T>(names: readonly K[], value: T): Record<K, T> =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<K, T>;
