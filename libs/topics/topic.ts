import { historyOf, accessTo } from "#api/history/history.js";
import { changes, type DeclaredChange } from "#api/changes/changes.js";
import type { Operation } from "#api/operations/operation.js";
import type { Paged } from "#api/reads/reads.js";
import type { AreasOf } from "#access/areas.js";
import type { OperationPermission, Owner } from "#access/decide.js";
import type { OfPurpose } from "#access/purpose.js";
import { protect, type ProtectedRecord, type NamedRecords } from "#access/record.js";
import type { Aggregate, Fact, Slice } from "#kernel/kernel.js";
import type { Vocabulary } from "#kernel/labels.js";
import type { Due } from "#projection/declare/due.js";
import type { Policy } from "#projection/declare/policy.js";
import type { DeclaredRelation } from "#projection/declare/relation.js";
import type { Sections, View } from "#projection/declare/view.js";

/** What a topic of an aggregate offers: each part may be left out. */
interface Parts<State, F extends Fact> {
  /** What can be done, by what it is done for: `{ ConsentKeeping: [change(giveConsent, GiveConsent, may("write", "consent"))] }`. */
  readonly changes?: { readonly [P in OfPurpose]?: readonly DeclaredChange<State, F>[] };
  readonly views?: readonly View<any, any>[];
  readonly lists?: readonly Paged[];
  /** Views that are parts of the record's own answer, by the name of the part: a row each, found by the record's id. */
  readonly sections?: Sections;
  /** What else can be asked of a record of the aggregate: one row with the sections of all topics, its live updates. */
  readonly reads?: (about: ProtectedRecord, sections: Sections) => readonly Operation[];
  /** What its facts ask for within the same aggregate. What they ask of another one stands above both, in libs/domain. */
  readonly policies?: readonly Policy<any>[];
  /** What falls due by its facts, and the change that is asked for then. */
  readonly due?: readonly Due<any>[];
  /** In which relations one may stand to a record by it, and which walls it raises. */
  readonly relations?: readonly DeclaredRelation[];
  /** Its code lists, with what each code is called. */
  readonly vocabularies?: Readonly<Record<string, Vocabulary>>;
}

/** One topic of an aggregate, declared once: programs, tests and documents read everything from it. */
export interface Topic<State = any, F extends Fact = any> extends Required<Parts<State, F>> {
  readonly of: Aggregate<State, F>;
  /** Who may see what its facts fold into, and what each of them tells; of a topic that folds nothing, neither. */
  readonly state?: AreasOf<any>;
  readonly facts: Readonly<Record<string, AreasOf<any>>>;
}

/** A topic that folds a part of the aggregate's state. */
export interface SliceTopic<Part> extends Topic {
  readonly slice: Slice<Part, any>;
}

/** Who may see what: of the part of the state, and of every fact that is folded into it. What is left out does not compile. */
interface Areas<Part, F extends Fact> {
  readonly state: AreasOf<Part>;
  readonly facts: { readonly [T in F["type"]]: AreasOf<Extract<F, { type: T }>["data"]> };
}

type FactsIn<S> = S extends Slice<any, infer F> ? F : never;

const nothing: Required<Parts<any, any>> = {
  changes: {},
  views: [],
  lists: [],
  sections: {},
  reads: () => [],
  policies: [],
  due: [],
  relations: [],
  vocabularies: {},
};

/**
 * `topic(cases, consents, { state, facts, changes, views, lists, vocabularies })`: a slice of the aggregate with all that belongs to it.
 * Without a slice: what only shows, such as a view over what other topics fold.
 */
export function topic<State, F extends Fact, S extends Slice<any, any>>(
  of: Aggregate<State, F>,
  slice: S,
  parts: Parts<NoInfer<State>, NoInfer<F>> & Areas<S["initial"], FactsIn<S>>,
): SliceTopic<S["initial"]>;
export function topic<State, F extends Fact>(of: Aggregate<State, F>, parts: Parts<NoInfer<State>, NoInfer<F>>): Topic;
export function topic(of: Aggregate<any, any>, ...given: readonly object[]): Topic {
  const [slice, parts] = given.length === 2 ? given : [undefined, given[0]];
  return { of, facts: {}, ...nothing, ...(slice && { slice }), ...parts };
}

/** What is so of a record as a whole, whatever its topics. */
interface WholeRecord<State, Derived extends object> {
  readonly belongsTo: (id: string) => Owner;
  /** Whom its sealed data is about, told by the log itself and not by a table; empty: nobody yet. */
  readonly subject: (state: State) => string;
  /** What follows from its state and is told beside it, such as the stage of a case, and who may see it. */
  readonly derived?: { readonly areas: AreasOf<Derived>; readonly from: (state: State) => Derived };
  /** Records of another kind that it names: whoever a wall keeps out of one of them is kept out of this one as well. */
  readonly keptOutBy?: NamedRecords<State>;
  /** Who may read its history and its past states. Not said: nobody. */
  readonly history?: OperationPermission;
  /** Who may read who saw its personal data. Not said: nobody. */
  readonly access?: OperationPermission;
}

/** An aggregate with all its topics. */
export interface Topics {
  readonly about: ProtectedRecord;
  readonly operations: readonly Operation[];
  readonly views: readonly View<any, any>[];
  readonly policies: readonly Policy<any>[];
  readonly due: readonly Due<any>[];
  readonly relations: readonly DeclaredRelation[];
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
}

/** The topics of an aggregate: one for every slice, or it does not compile. Such as fold nothing may stand beside them. */
export function topicsOf<State extends object, F extends Fact, Derived extends object>(
  of: Aggregate<State, F>,
  topics: { readonly [K in keyof State]: SliceTopic<State[K]> } & Readonly<Record<string, Topic>>,
  { belongsTo, subject, derived, keptOutBy, history, access }: WholeRecord<NoInfer<State>, Derived>,
): Topics {
  const all = Object.values<Topic>(topics);
  const named = all.flatMap((each) => Object.entries(each.sections));
  const sections: Sections = Object.fromEntries(named);
  const twice = named.find(([name, view]) => sections[name] !== view);
  if (twice) throw new Error(`Two topics of ${of.name} name a section ${twice[0]}`);
  const folded = Object.entries<Topic>(topics).flatMap(([name, { state }]) => (state === undefined ? [] : [[name, state] as const]));
  const about: ProtectedRecord = protect<any, any, any>(
    of,
    {
      belongsTo,
      subject,
      keptOutBy,
      state: { ...Object.fromEntries(folded), ...(derived?.areas as object) },
      facts: Object.assign({}, ...all.map(({ facts }) => facts)) as Record<string, AreasOf<any>>,
    },
    derived?.from,
  );
  return {
    about,
    operations: [
      ...all.flatMap((each) => operationsOf(about, each, sections)),
      ...(history ? historyOf(about, history) : []),
      ...(access ? [accessTo(about, access)] : []),
    ],
    views: all.flatMap((each) => [
      ...each.views,
      ...Object.values(each.sections),
      ...[...each.due, ...each.relations].map(({ view }) => view),
    ]),
    policies: all.flatMap(({ policies }) => policies),
    due: all.flatMap(({ due }) => due),
    relations: all.flatMap(({ relations }) => relations),
    vocabularies: Object.assign({}, ...all.map(({ vocabularies }) => vocabularies)) as Record<string, Vocabulary>,
  };
}

const operationsOf = (about: ProtectedRecord, { changes: declared, lists, reads }: Topic, sections: Sections): Operation[] => [
  ...Object.entries(declared).flatMap(([purpose, list]) => changes(about, purpose as OfPurpose, list)),
  ...lists,
  ...reads(about, sections),
];
