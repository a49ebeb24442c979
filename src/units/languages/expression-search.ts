/** Looks for records that make an expression true, without trying every combination (spec `units.md` 7.4). */

import { compileExpression, type Evaluate } from './expression-evaluator.js';
import { limitError, Raised } from './language-errors.js';
import { childrenOf, type Expression, type SyntaxNode } from './python-grammar/syntax.js';
import { isTrue, type Resource } from './python-values.js';

/** Most evaluations of an operand that one search may take. */
const MAX_STEPS = 1 << 22;

/** What an operand can still turn out to be: a set of bits. */
const TRUE = 1;
const FALSE = 2;
const FAILED = 4;
const UNKNOWN = TRUE | FALSE | FAILED;

/** The outermost `and` and `or` of an expression; `atom` is an index into the operands they combine. */
type Formula = { readonly atom: number } | { readonly stopAt: number; readonly parts: readonly Formula[] };

interface Atom {
  readonly evaluate: Evaluate;
  /** Indexes of the aliases it reads. */
  readonly aliases: readonly number[];
}

/** What operands of several aliases read of one alias: members, or the record as a whole. */
interface SharedReads {
  readonly members: Set<string>;
  whole: boolean;
}

/** Records of one alias that no operand can tell apart. */
interface RecordClass {
  readonly record: Resource;
  /** Outcomes of the operands that read this alias only, in the order of `#own`. */
  readonly outcomes: readonly number[];
}

export class CombinationSearch {
  readonly #atoms: Atom[] = [];
  readonly #formula: Formula;
  readonly #whole: Evaluate;
  /** Per alias: the operands that read it alone. */
  readonly #own: readonly number[][];
  /** Per alias: the operands of several aliases, of which it is the last. */
  readonly #closing: readonly number[][];
  readonly #shared: readonly SharedReads[];

  /** @param aliases the names bound to records */
  constructor(
    expression: Expression,
    private readonly aliases: readonly string[],
  ) {
    this.#own = aliases.map(() => []);
    this.#closing = aliases.map(() => []);
    this.#shared = aliases.map(() => ({ members: new Set<string>(), whole: false }));
    this.#whole = compileExpression(expression, aliases);
    this.#formula = this.#takeApart(expression);
  }

  /**
   * Whether some combination, one record per alias, makes the expression true. An exception counts as false.
   * @param records per alias
   * @throws UnitDefinitionError `limit-evaluation`
   */
  succeeds(records: readonly (readonly Resource[])[]): boolean {
    if (records.some((list) => list.length === 0)) return false;
    if (records.length === 1) return records[0]!.some((record) => outcome(this.#whole, [record]) === TRUE);
    const classes = records.map((list, alias) => this.#classify(list, alias));
    return this.#search(classes, this.#prospects(classes));
  }

  /** What each operand can be before any record is chosen. */
  #prospects(classes: readonly (readonly RecordClass[])[]): Uint8Array {
    const prospects = new Uint8Array(this.#atoms.length).fill(UNKNOWN);
    for (const [index, atom] of this.#atoms.entries()) {
      if (atom.aliases.length === 0) prospects[index] = outcome(atom.evaluate, []);
    }
    for (const [alias, own] of this.#own.entries()) {
      own.forEach((atom, index) => {
        prospects[atom] = classes[alias]!.reduce((seen, { outcomes }) => seen | outcomes[index]!, 0);
      });
    }
    return prospects;
  }

  #takeApart(node: Expression): Formula {
    if (node.type === 'BoolOp') {
      const parts = node.values.map((value) => this.#takeApart(value));
      return { stopAt: node.op.type === 'Or' ? TRUE : FALSE, parts };
    }
    const reads = new Map<number, SharedReads>();
    this.#collectReads(node, reads);
    const indexes = [...reads.keys()].sort((a, b) => a - b);
    const atom = this.#atoms.push({ evaluate: compileExpression(node, this.aliases), aliases: indexes }) - 1;
    const last = indexes.at(-1);
    if (last !== undefined) (indexes.length === 1 ? this.#own : this.#closing)[last]!.push(atom);
    if (indexes.length > 1) for (const [alias, read] of reads) this.#share(alias, read);
    return { atom };
  }

  #collectReads(node: SyntaxNode, reads: Map<number, SharedReads>): void {
    const expression = node as Expression;
    const object = expression.type === 'Attribute' ? expression.value : expression;
    const alias = object.type === 'Name' ? this.aliases.indexOf(object.id) : -1;
    if (alias === -1) {
      for (const child of childrenOf(node)) this.#collectReads(child, reads);
      return;
    }
    const read = reads.get(alias) ?? { members: new Set<string>(), whole: false };
    if (expression.type === 'Attribute') read.members.add(expression.attr);
    else read.whole = true;
    reads.set(alias, read);
  }

  #share(alias: number, read: SharedReads): void {
    const shared = this.#shared[alias]!;
    for (const member of read.members) shared.members.add(member);
    shared.whole ||= read.whole;
  }

  #classify(list: readonly Resource[], alias: number): RecordClass[] {
    const shared = this.#shared[alias]!;
    const classes = new Map<string, RecordClass>();
    for (const [position, record] of list.entries()) {
      const records = this.aliases.map(() => record);
      const outcomes = this.#own[alias]!.map((atom) => outcome(this.#atoms[atom]!.evaluate, records));
      const members = [...shared.members].map((member) => record.get(member) ?? null);
      const key = JSON.stringify([outcomes, members, shared.whole ? position : -1]);
      if (!classes.has(key)) classes.set(key, { record, outcomes });
    }
    return [...classes.values()];
  }

  #search(classes: readonly (readonly RecordClass[])[], prospects: Uint8Array): boolean {
    const outcomes = prospects.slice();
    const chosen: Resource[] = [];
    let steps = 0;
    const choose = (alias: number): boolean => {
      steps += this.#atoms.length;
      if (steps > MAX_STEPS) throw limitError('combinations of resource records', MAX_STEPS);
      const possible = possibilities(this.#formula, outcomes);
      if ((possible & TRUE) === 0) return false;
      if (possible === TRUE || alias === classes.length) return true;
      const own = this.#own[alias]!;
      const closing = this.#closing[alias]!;
      for (const { record, outcomes: known } of classes[alias]!) {
        chosen[alias] = record;
        own.forEach((atom, index) => {
          outcomes[atom] = known[index]!;
        });
        for (const atom of closing) outcomes[atom] = outcome(this.#atoms[atom]!.evaluate, chosen);
        if (choose(alias + 1)) return true;
      }
      for (const atom of [...own, ...closing]) outcomes[atom] = prospects[atom]!;
      return false;
    };
    return choose(0);
  }
}

/** What `and` and `or` can still give, given what their operands can be. */
function possibilities(formula: Formula, outcomes: Uint8Array): number {
  if ('atom' in formula) return outcomes[formula.atom]!;
  const goOn = formula.stopAt === TRUE ? FALSE : TRUE;
  let possible = goOn;
  for (const part of formula.parts) {
    if ((possible & goOn) === 0) break;
    possible = (possible & ~goOn) | possibilities(part, outcomes);
  }
  return possible;
}

function outcome(evaluate: Evaluate, records: readonly Resource[]): number {
  try {
    return isTrue(evaluate(records)) ? TRUE : FALSE;
  } catch (error) {
    if (error instanceof Raised) return FAILED;
    throw error;
  }
}
