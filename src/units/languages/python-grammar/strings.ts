/** String literals of Python: prefixes, adjacent literals. */

import { decodeBytes, decodeText } from './escapes.js';
import { joinPieces, type LiteralContext, splitFormatted } from './fstrings.js';
import { Bytes, type Expression } from './syntax.js';

interface Literal {
  readonly isBytes: boolean;
  readonly isRaw: boolean;
  readonly isFormatted: boolean;
  readonly body: string;
}

/** The value of one or more adjacent literals, as they stand in the source. */
export function joinLiterals(sources: readonly string[], context: LiteralContext): Expression {
  const literals = sources.map(readLiteral);
  const isBytes = literals[0]!.isBytes;
  if (literals.some((literal) => literal.isBytes !== isBytes)) context.fail();
  if (isBytes) {
    const characters = literals.map((literal) => decodeBytes(literal.body, literal.isRaw, context)).join('');
    return { type: 'Constant', value: new Bytes(characters), kind: undefined };
  }
  const kind = sources[0]!.startsWith('u') ? 'u' : undefined;
  if (!literals.some((literal) => literal.isFormatted)) {
    const value = literals.map((literal) => decodeText(literal.body, literal.isRaw, context)).join('');
    return { type: 'Constant', value, kind };
  }
  const pieces = literals.flatMap((literal) =>
    literal.isFormatted
      ? splitFormatted(literal.body, literal.isRaw, kind, context)
      : [decodeText(literal.body, literal.isRaw, context)],
  );
  return joinPieces(pieces, kind);
}

function readLiteral(source: string): Literal {
  const open = source.search(/['"]/);
  const prefix = source.slice(0, open).toLowerCase();
  const quotes = source.startsWith(source[open]!.repeat(3), open) ? 3 : 1;
  return {
    isBytes: prefix.includes('b'),
    isRaw: prefix.includes('r'),
    isFormatted: prefix.includes('f'),
    body: source.slice(open + quotes, -quotes),
  };
}
