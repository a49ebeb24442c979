/** What the parsers of Python's expressions and of Jinja2 templates share: the next token, and bounds on depth. */

export interface CursorToken {
  readonly kind: string;
  readonly text: string;
}

export abstract class TokenCursor<Token extends CursorToken, Node extends object> {
  readonly #tokens: readonly Token[];
  /** Height of the tree below each node. */
  readonly #heights = new WeakMap<Node, number>();
  #at = 0;
  #depth = 0;

  /** @param maxDepth greatest height of a syntax tree, and of the recursion that builds it */
  constructor(
    tokens: readonly Token[],
    private readonly maxDepth: number,
  ) {
    this.#tokens = tokens;
  }

  /** What is thrown beyond the greatest depth. */
  protected abstract tooDeep(): Error;

  /** The token `ahead` of the next one; the last token repeats. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Whether the next token is this operator or word. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'operator' || token.kind === 'name');
  }

  /** Reads this operator or word if it comes next. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at++;
    return true;
  }

  /** Runs a rule that may contain itself. */
  deeper<T>(rule: () => T): T {
    if (++this.#depth > this.maxDepth) throw this.tooDeep();
    const result = rule();
    this.#depth--;
    return result;
  }

  /** Adopts a new node that stands on others, bounding the height of the tree. */
  above<T extends Node>(children: Iterable<Node>, node: T): T {
    let height = 0;
    for (const child of children) height = Math.max(height, (this.#heights.get(child) ?? 0) + 1);
    if (height > this.maxDepth) throw this.tooDeep();
    this.#heights.set(node, height);
    return node;
  }
}
