import { globSync, readFileSync } from "node:fs";
import { allAreas, cellOf } from "#access/cells.js";
import { purposesOf } from "#access/purpose.js";
import { roles } from "#access/roles.js";
import { draftsOf } from "#api/drafts/drafts.js";
import { meOf } from "#api/access/me.js";
import { isChange, isInGraphql, type Operation } from "#api/operations/operation.js";
import { projectionOperations } from "#api/projections/projections.js";
import { vocabulariesOf } from "#api/reads/vocabularies.js";
import { personalClasses } from "#access/areas.js";
import { operations, records, vocabularies } from "#domain/domain.js";
import { domainCoverage } from "../domain-rules/page.js";
import * as api from "../../apps/api/configuration.js";
import * as projector from "../../apps/projector/configuration.js";
import * as standalone from "../../apps/standalone/configuration.js";

// What the reference says that is said by code: each file of it is made anew by `npm run documents`. What it says is held against the code by a
// test; what is new may be missing until then.

type Cell = string | number | undefined;

const made = "<!-- Made from the code by `npm run documents`. -->";
const row = (cells: readonly Cell[]): string => `| ${cells.map((each) => String(each ?? "").replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
const page = (title: string, ...parts: readonly string[]): string => `${made}\n\n# ${title}\n\n${parts.join("\n\n")}\n`;
const code = (text: string): string => `\`${text}\``;
const codes = (texts: readonly string[]): string => texts.map(code).join(", ");

/** A stored sample of a fact, with its form. */
interface Sample {
  readonly type: string;
  readonly schema: number;
  readonly form?: {
    readonly properties: Readonly<
      Record<string, { readonly properties?: object; readonly additionalProperties?: { readonly properties?: object } }>
    >;
  };
}

const samples = (): ReadonlyMap<string, Sample> =>
  new Map(
    globSync("test/history/*/*.json")
      .toSorted()
      .map((file) => JSON.parse(readFileSync(file, "utf8")) as Sample)
      .filter(({ form }) => form)
      .map((sample) => [sample.type, sample]),
  );

/** The parts of a declared area, as people read them. */
const areasOf = (declared: unknown): string => {
  if (typeof declared === "string") return code(declared);
  if (typeof declared === "function") return "for the staff of the house that it names";
  const parts = Object.entries(declared as object).map(([field, of]) => `${code(field)}: ${areasOf(of)}`);
  return parts.length > 0 ? parts.join("; ") : "tells nothing more";
};

const factsPage = (): string => {
  const known = samples();
  const sections = records.flatMap(({ of, facts }) => {
    const rows = Object.keys(of.versions)
      .toSorted()
      .filter((type) => facts[type as never] !== undefined)
      .map((type) => {
        const sealed = known.get(type)?.form?.properties["personal"]?.additionalProperties?.properties ?? {};
        return [code(type), of.versions[type], areasOf(facts[type as never]), codes(Object.keys(sealed))];
      });
    return rows.length > 0 ? [`## ${of.name}`, table(["fact", "version", "what it tells, and its area", "sealed"], rows)] : [];
  });
  return page(
    "Facts",
    "Everything that can happen, by the kind of record it happens to (`<record>-<uuid>` is its stream). Who may see an area: [roles](roles.md). What is sealed is personal, class by class. Stored samples of every version, with their JSON Schema: `test/history`.",
    ...sections,
  );
};

const permissionOf = ({ permission }: Operation): string =>
  permission === "anybody" ? "whoever signs in" : `${permission.act} ${code(permission.on)}`;

const changesPage = (): string => {
  const kept = [...operations, ...projectionOperations, vocabulariesOf(vocabularies, operations)];
  const asked = [...kept, ...draftsOf(kept)];
  const all = [...asked, meOf(asked)];
  const tags = [...new Set(all.map(({ tag }) => tag))].toSorted();
  const sections = tags.flatMap((tag) => {
    const rows = all
      .filter((each) => each.tag === tag)
      .map((each) => [
        isInGraphql(each) ? code(each.name) : "",
        `${isChange(each) ? "POST" : "GET"} ${code(`/v1${each.path}`)}`,
        permissionOf(each),
        each.permission === "anybody" ? "" : each.permission.purposes.join(", "),
        each.kind === "subscription" ? "" : codes(each.problems?.[409] ?? []),
      ]);
    return [`## ${tag}`, table(["GraphQL", "REST", "may", "for", "refused with (409)"], rows)];
  });
  return page(
    "Operations",
    "Everything that can be asked, with the right that it takes and what it may be asked for. Roles and their rights: [roles](roles.md).",
    ...sections,
  );
};

const rolesPage = (): string => {
  const areas = allAreas();
  const ofRole = (role: (typeof roles)[number]) => {
    const cells = areas.flatMap((area) => {
      const cell = cellOf(role, area);
      return cell === undefined ? [] : [[code(area), (personalClasses as readonly string[]).includes(area) ? "personal" : "", cell]];
    });
    const purposes = purposesOf[role];
    return [
      `## ${role}`,
      purposes.length > 0 ? `Acts for ${purposes.join(", ")}.` : "Acts for nothing.",
      ...(cells.length > 0 ? [table(["area", "", "may"], cells)] : []),
    ];
  };
  return page(
    "Roles",
    "`write` includes `read`. `own` and `own-read` are for one's own house alone; `granted` for what a grant names that stands at that moment. A record that is about a person is besides only for whoever stands to it: [who stands to a case](../explanation/who-stands-to-a-case.md).",
    ...roles.flatMap(ofRole),
  );
};

const settingsPage = (): string => {
  const rowsOf = (settings: object) =>
    Object.entries(
      settings as Record<string, { desc?: string; example?: string; default?: string | number | boolean; choices?: readonly string[] }>,
    ).map(([name, { desc, example, choices, ...rest }]) => [
      code(name),
      [desc, choices && `one of ${choices.join(", ")}`].filter(Boolean).join(": "),
      "default" in rest ? (rest.default === undefined || rest.default === "" ? "not set" : code(String(rest.default))) : "must be set",
      example === undefined ? "" : code(example),
    ]);
  const head = ["variable", "is", "if not said", "for example"];
  return page(
    "Settings",
    "Variables of the environment, read once at start; a wrong one is named, and nothing starts. `NAME_FILE` may stand for `NAME`: the value is then the content of that file.",
    ...[
      "npm start",
      table(head, rowsOf(standalone.settings)),
      "The api",
      table(head, rowsOf(api.settings)),
      "A projector",
      table(head, rowsOf(projector.settings)),
    ].map((part, index) => (index % 2 === 0 ? `## ${part}` : part)),
  );
};

const codesPage = (): string =>
  page(
    "Codes",
    "Every code list, as it is stored, and what each code is called. The api tells the same by `/v1/vocabularies`.",
    ...Object.entries(vocabularies)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .flatMap(([name, list]) => [
        `## ${name}`,
        table(
          ["code", "English", "Kiswahili", "Français"],
          Object.entries(list).map(([each, labels]) => [code(each), ...labels]),
        ),
      ]),
  );

/** File -> what it says. */
export const reference = (): Readonly<Record<string, string>> => ({
  "docs/reference/codes.md": codesPage(),
  "docs/reference/domain-coverage.md": domainCoverage(),
  "docs/reference/facts.md": factsPage(),
  "docs/reference/operations.md": changesPage(),
  "docs/reference/roles.md": rolesPage(),
  "docs/reference/settings.md": settingsPage(),
});
