import ts from "typescript";
import type { DomainRule } from "./rules.js";

/** A refusal in a source: the statement, and the declaration that it stands in. */
export interface Refusing {
  readonly within: string;
  readonly from: number;
  readonly until: number;
}

/** Every statement of a source that refuses with this code. */
export function refusingIn(text: string, code: string): readonly Refusing[] {
  const source = ts.createSourceFile("rule.ts", text, ts.ScriptTarget.Latest, true);
  const found: Refusing[] = [];
  const names = (node: ts.Node): boolean => (ts.isStringLiteral(node) && node.text === code) || (ts.forEachChild(node, names) ?? false);
  const look = (node: ts.Node, within: string): void => {
    const declared = (ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name ? node.name.getText() : within;
    if (isRequire(node) && names(node)) found.push({ within, from: node.getStart(), until: node.getEnd() });
    else node.forEachChild((child) => look(child, declared.length > 0 && within === "" ? declared : within));
  };
  look(source, "");
  return found;
}

const isRequire = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require";

/** The source without what refuses with this code. @throws where nothing does */
export function without(text: string, { file, code }: Pick<DomainRule, "file" | "code">): string {
  const places = refusingIn(text, code);
  if (places.length === 0) throw new Error(`${file} refuses nothing with ${code}`);
  return places.toReversed().reduce((left, { from, until }) => `${left.slice(0, from)}void 0${left.slice(until)}`, text);
}
