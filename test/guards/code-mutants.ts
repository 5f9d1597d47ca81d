import ts from 'typescript';

/** One branch taken out of a source file of the interpreter. */
export interface CodeMutant {
  /** What sort of branch: a line of the table. */
  readonly kind: string;
  /** The function and what was done to it. */
  readonly name: string;
  /** Where it stands in the file as it is, from 1. */
  readonly line: number;
  readonly text: string;
}

const LOOSER: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
};

/**
 * Every branch of a TypeScript file, each taken out by itself: an `if` that never holds, one side of an `and`, an `or` or a choice
 * left alone, a filter that lets everything through, all where one is enough and one where it takes all, a limit that is one day or
 * one step off.
 */
export function codeMutants(text: string): CodeMutant[] {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2023, true);
  const mutants: CodeMutant[] = [];
  const textOf = (node: ts.Node): string => node.getText(source);
  const add = (kind: string, node: ts.Node, what: string, by: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const changed = text.slice(0, node.getStart(source)) + by + text.slice(node.getEnd());
    mutants.push({ kind, name: `${functionOf(node)} ${what.replace(/\s+/g, ' ').slice(0, 200)}`, line, text: changed });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node)) {
      add('去掉判断', node.expression, `if (${textOf(node.expression)})`, 'false');
      if (node.elseStatement) add('去掉否则', node.elseStatement, `else ${textOf(node.elseStatement)}`, ';');
    }
    if (ts.isConditionalExpression(node)) {
      for (const side of [node.whenTrue, node.whenFalse])
        add('只留一种选择', node, `${textOf(node)} 只留 ${textOf(side)}`, `(${textOf(side)})`);
    }
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
        for (const side of [node.left, node.right])
          add('只留一个条件', node, `${textOf(node)} 只留 ${textOf(side)}`, `(${textOf(side)})`);
      }
      const looser = LOOSER[kind];
      if (looser !== undefined && !isGreatest(node))
        add('移界线', node.operatorToken, `${textOf(node)} 改为 ${looser}`, looser);
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      if (name.text === 'filter') add('去掉筛选', node, textOf(node), textOf(expression));
      const other = { some: 'every', every: 'some' }[name.text];
      if (other !== undefined) add('换成全部或者任一', name, textOf(node), other);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

/** Whether a comparison is there to take the greater or the lesser of its two sides: which one does not matter where they are equal. */
function isGreatest({ left, right, parent }: ts.BinaryExpression): boolean {
  if (!ts.isConditionalExpression(parent)) return false;
  const sides = [parent.whenTrue, parent.whenFalse].map((side) => side.getText());
  return sides.includes(left.getText()) && sides.includes(right.getText());
}

/** The name of the function that a node stands in. */
function functionOf(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) && at.name) return at.name.text;
    if (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) return at.name.getText();
  }
  return '';
}
