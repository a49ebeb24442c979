/** Finding a call of `setup(...)` in a Python program and the texts it passes by name, without running it. */

interface Token {
  /** `other`: a literal of bytes, or an f-string. */
  readonly kind: 'name' | 'text' | 'mark' | 'other';
  readonly text: string;
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const PREFIX = /^[rRuUbBfF]{1,2}$/;
const TEXT_PREFIX = /^[rRuU]?$/;
const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);
const CODE_ESCAPE =
  /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})|([0-7]{1,3}))/;
const LONGEST_ESCAPE = 10;

/**
 * The named arguments of the first call of `setup` that are string literals, alone, adjacent, or marked for
 * translation by a function such as `_` or `N_`. Other arguments are left out.
 */
export function readSetupCall(program: string): ReadonlyMap<string, string> {
  const tokens = tokenize(program);
  for (let i = 0; i + 1 < tokens.length; i++) {
    const isCall = isName(tokens[i], 'setup') && isMark(tokens[i + 1], '(') && !isName(tokens[i - 1], 'def');
    if (isCall) return readArguments(tokens, i + 2);
  }
  return new Map();
}

/** The arguments from the token after the opening bracket to the closing one. */
function readArguments(tokens: readonly Token[], start: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let depth = 1;
  let argument: Token[] = [];
  for (let i = start; i < tokens.length && depth > 0; i++) {
    const token = tokens[i]!;
    if (isMark(token, '(') || isMark(token, '[') || isMark(token, '{')) depth++;
    if (isMark(token, ')') || isMark(token, ']') || isMark(token, '}')) depth--;
    if (depth > 0 && !(depth === 1 && isMark(token, ','))) {
      argument.push(token);
      continue;
    }
    const [name, equals, ...value] = argument;
    const text = literal(value);
    if (name?.kind === 'name' && isMark(equals, '=') && text !== undefined) found.set(name.text, text);
    argument = [];
  }
  return found;
}

/** The text of `"a" "b"`, of `N_("a")` and of `("a")`; undefined for anything else. */
function literal(tokens: readonly Token[]): string | undefined {
  const opening = tokens.findIndex((token) => isMark(token, '('));
  const marked = opening === 0 || (opening === 1 && tokens[0]!.kind === 'name');
  const parts = marked && isMark(tokens.at(-1), ')') ? tokens.slice(opening + 1, -1) : tokens;
  if (parts.length === 0 || parts.some((part) => part.kind !== 'text')) return undefined;
  return parts.map((part) => part.text).join('');
}

function tokenize(program: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < program.length; ) {
    const character = program[at]!;
    NAME.lastIndex = at;
    const name = NAME.exec(program)?.[0];
    if (character === '#') {
      const end = program.indexOf('\n', at);
      at = end === -1 ? program.length : end;
    } else if (character === "'" || character === '"') {
      const { token, end } = readText(program, at, '');
      tokens.push(token);
      at = end;
    } else if (name !== undefined) {
      at += name.length;
      const quote = program[at];
      if ((quote === "'" || quote === '"') && PREFIX.test(name)) {
        const { token, end } = readText(program, at, name);
        tokens.push(token);
        at = end;
      } else tokens.push({ kind: 'name', text: name });
    } else {
      if (character.trim() !== '') tokens.push({ kind: 'mark', text: character });
      at++;
    }
  }
  return tokens;
}

/** A string literal from its opening quote; bytes and f-strings are no texts. */
function readText(program: string, start: number, prefix: string): { token: Token; end: number } {
  const triple = program.slice(start, start + 3);
  const quote = triple === "'''" || triple === '"""' ? triple : program[start]!;
  const raw = /r/i.test(prefix);
  let text = '';
  let at = start + quote.length;
  while (at < program.length && !program.startsWith(quote, at)) {
    if (quote.length === 1 && program[at] === '\n') break;
    if (program[at] !== '\\') text += program[at++];
    else {
      const { value, length } = readEscape(program, at);
      text += raw ? program.slice(at, at + length) : value;
      at += length;
    }
  }
  const kind = TEXT_PREFIX.test(prefix) ? 'text' : 'other';
  return { token: { kind, text }, end: at + quote.length };
}

/** What a backslash and the characters behind it mean; an unknown escape stands for itself. */
function readEscape(program: string, at: number): { value: string; length: number } {
  const simple = SIMPLE_ESCAPES.get(program[at + 1] ?? '');
  if (simple !== undefined) return { value: simple, length: 2 };
  const [all, x, u, long, octal] = CODE_ESCAPE.exec(program.slice(at, at + LONGEST_ESCAPE)) ?? [];
  if (all === undefined) return { value: program.slice(at, at + 2), length: 2 };
  const code = octal === undefined ? Number.parseInt((x ?? u ?? long)!, 16) : Number.parseInt(octal, 8);
  return { value: String.fromCodePoint(code), length: all.length };
}

function isName(token: Token | undefined, text: string): boolean {
  return token?.kind === 'name' && token.text === text;
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}
