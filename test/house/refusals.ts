import { globSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");

/** Finds, in the sources, with which codes a rule may refuse: its own, and those of every function that it names. */
export class Refusals {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #found = new Map<ts.Node, ReadonlySet<string>>();
  /** What each file gives away, by its name. */
  readonly #exported = new Map<string, ts.Node[]>();

  constructor() {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as { config: object };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const files = globSync("libs/**/*.ts", { cwd: root }).filter((file) => !/\.(spec|expected)\.ts$/.test(file));
    this.#program = ts.createProgram(
      files.map((file) => join(root, file)),
      { ...options, noEmit: true },
    );
    this.#checker = this.#program.getTypeChecker();
    for (const file of this.#program.getSourceFiles().filter(({ fileName }) => isOurs(fileName)))
      file.forEachChild((node) => {
        const declarations = ts.isVariableStatement(node)
          ? [...node.declarationList.declarations]
          : ts.isFunctionDeclaration(node)
            ? [node]
            : [];
        for (const each of declarations) {
          const name = each.name?.getText();
          if (name) this.#exported.set(name, [...(this.#exported.get(name) ?? []), each]);
        }
      });
  }

  /** Of the function of this name. @throws where there is none, or are several */
  of(name: string): readonly string[] {
    const found = this.#exported.get(name) ?? [];
    if (found.length !== 1) throw new Error(`${found.length} functions are named ${name}`);
    return [...this.#within(found[0]!)].toSorted();
  }

  #within(node: ts.Node): ReadonlySet<string> {
    const known = this.#found.get(node);
    if (known) return known;
    const codes = new Set<string>();
    this.#found.set(node, codes);
    const visit = (each: ts.Node): void => {
      if (ts.isTypeNode(each)) return;
      const code = codeIn(each);
      if (code) for (const text of textsIn(code)) codes.add(text);
      if (ts.isIdentifier(each)) for (const text of this.#named(each, node)) codes.add(text);
      each.forEachChild(visit);
    };
    node.forEachChild(visit);
    return codes;
  }

  /** What a name stands for, where that is one of our own functions. */
  #named(name: ts.Identifier, within: ts.Node): ReadonlySet<string> {
    const symbol = this.#checker.getSymbolAtLocation(name);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const declaration = target?.valueDeclaration;
    if (!declaration || declaration === within || !isOurs(declaration.getSourceFile().fileName)) return new Set();
    const isFunction =
      ts.isFunctionDeclaration(declaration) || (ts.isVariableDeclaration(declaration) && ts.isSourceFile(declaration.parent.parent.parent));
    return isFunction ? this.#within(declaration) : new Set();
  }
}

const isOurs = (file: string): boolean => file.startsWith(join(root, "libs")) && !file.includes("kernel/kernel.ts");

/** Where a code stands: `require(condition, code)`, `new Refusal(code)`. */
function codeIn(node: ts.Node): ts.Node | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === "require") return node.arguments[1];
  if (ts.isCallExpression(node) && node.expression.getText() === "requireNotBefore")
    return ts.factory.createStringLiteral("BeforeItsBeginning");
  if (ts.isNewExpression(node) && node.expression.getText() === "Refusal") return node.arguments?.[0];
  return undefined;
}

const textsIn = (node: ts.Node): string[] => {
  if (ts.isStringLiteral(node)) return [node.text];
  const texts: string[] = [];
  node.forEachChild((each) => void texts.push(...textsIn(each)));
  return texts;
};
