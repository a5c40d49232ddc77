import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { checked } from "#cases/assessment/checking.js";
import { codeLists } from "#cases/assessment/code-lists.js";
import { CannotStart } from "#platform/configuration/cannot-start.js";
import { Templates, type Template } from "#vocabulary/templates.js";

/** Where the templates lie that come with the program: it runs from `dist/apps/api`, and from `apps/api` in a test. */
const shipped = ["../../../templates", "../../templates"]
  .map((each) => join(import.meta.dirname, each))
  .find((each) => existsSync(join(each, "RSK-1.v1.yaml")));

interface Found {
  readonly file: string;
  readonly line: number;
  readonly template: Template;
}

/** A template that cannot be used. Each line names its file, the line there, and the reason. */
export class TemplateWrong extends CannotStart {
  constructor(readonly lines: readonly string[]) {
    super("TemplateWrong", `These assessment templates cannot be used:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  }
}

/** All templates: those that come with the program, and those in a folder of the deployment's own. @throws TemplateWrong that lists every fault */
export function readTemplates(own?: string, ours = shipped): Templates {
  if (ours === undefined) throw new TemplateWrong(["the folder templates is missing beside the program"]);
  if (own !== undefined && !existsSync(own)) throw new TemplateWrong([`${own}: there is no such folder (TEMPLATES)`]);
  const wrong: string[] = [];
  const found: Found[] = [];
  for (const folder of own === undefined ? [ours] : [ours, own])
    for (const name of globSync("*.{yaml,yml,json}", { cwd: folder }).toSorted()) {
      const file = join(folder, name);
      const read = readTemplate(file);
      if ("faults" in read) wrong.push(...read.faults);
      else found.push({ file, ...read });
    }
  const kept: Found[] = [];
  for (const each of found) {
    const { id, version } = each.template;
    const before = kept.find(({ template }) => template.id === id && template.version === version);
    if (!before) kept.push(each);
    else if (!isDeepStrictEqual(before.template, each.template))
      wrong.push(
        `${each.file}, line ${each.line}: ${id} version ${version} says something else in ${before.file}: a change is a new version`,
      );
  }
  if (wrong.length > 0) throw new TemplateWrong(wrong);
  return new Templates(kept.map(({ template }) => template));
}

function readTemplate(file: string): Omit<Found, "file"> | { readonly faults: readonly string[] } {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines, prettyErrors: false });
  const told = (line: number, reason: string) => `${file}, line ${line}: ${reason}`;
  if (document.errors.length > 0) return { faults: document.errors.map(({ pos, message }) => told(lines.linePos(pos[0]).line, message)) };
  const result = checked(document.toJS(), codeLists);
  const lineOf = (path: readonly (string | number)[]) => lineIn(document, path, lines);
  if ("faults" in result) return { faults: result.faults.map(({ path, reason }) => told(lineOf(path), reason)) };
  return { template: result.template, line: lineOf(["version"]) };
}

/** Where a place of a document stands; of what is not there, what it should stand in. */
function lineIn(document: Document, path: readonly (string | number)[], lines: LineCounter): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
