/**
 * How plain scalars of YAML units are read: the rules of YAML 1.1 as the reference's parser has them, where
 * `yes` is a boolean but `y` is text (spec `units.md` 3.2).
 */

import type { ScalarTag } from 'yaml';

/** Stands for a value that JSON cannot express; the unit that holds one is refused. */
export class InexpressibleScalar {
  constructor(readonly source: string) {}
}

/** Most digits of an integer, as in Python. */
const MAX_DIGITS = 4300;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const TIMESTAMP =
  /^\d{4}-\d\d-\d\d$|^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/;

/** Integers become `bigint`, floats `number`: the checksum tells them apart. */
export const SCALAR_TAGS: readonly ScalarTag[] = [
  {
    tag: 'tag:yaml.org,2002:null',
    default: true,
    test: /^(?:~|null|Null|NULL)?$/,
    resolve: () => null,
  },
  {
    tag: 'tag:yaml.org,2002:bool',
    default: true,
    test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
    resolve: (source) => !FALSE.test(source),
  },
  {
    tag: 'tag:yaml.org,2002:int',
    default: true,
    test: /^[-+]?(?:0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?\d)+)$/,
    resolve: readInteger,
  },
  {
    tag: 'tag:yaml.org,2002:float',
    default: true,
    test: /^(?:[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+|\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|\.(?:inf|Inf|INF))|\.\d[\d_]*(?:[eE][-+]?\d+)?|\.(?:nan|NaN|NAN))$/,
    resolve: readFloat,
  },
  {
    tag: 'tag:yaml.org,2002:timestamp',
    default: true,
    test: TIMESTAMP,
    resolve: (source) => new InexpressibleScalar(source),
  },
  {
    tag: 'tag:yaml.org,2002:binary',
    resolve: (source) => new InexpressibleScalar(source),
  },
];

function readInteger(source: string, onError: (message: string) => void): bigint {
  const digits = source.replace(/^[-+]|_/g, '');
  if (digits.length > MAX_DIGITS) {
    onError('integer with too many digits');
    return 0n;
  }
  try {
    const size = digits.includes(':') ? sexagesimal(digits.split(':')) : BigInt(octalAsModern(digits));
    return source.startsWith('-') ? -size : size;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    onError(`not an integer: ${source}`);
    return 0n;
  }
}

/** `017` is octal, `0` is zero. */
function octalAsModern(digits: string): string {
  return /^0[0-9]/.test(digits) ? `0o${digits.slice(1)}` : digits;
}

function sexagesimal(parts: readonly string[]): bigint {
  return parts.reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function readFloat(source: string): number {
  const text = source.replaceAll('_', '').toLowerCase();
  const sign = text.startsWith('-') ? -1 : 1;
  const size = text.replace(/^[-+]/, '');
  if (size === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (size === '.nan') return Number.NaN;
  if (!size.includes(':')) return sign * Number(size);
  return sign * size.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
