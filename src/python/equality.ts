/** Python's `==` of values: booleans are numbers, integers equal floats of the same value. */

import { isPyDict, isPyList, type PyValue } from './value.js';

export function pyEquals(left: PyValue, right: PyValue): boolean {
  if (typeof left === 'boolean') return pyEquals(left ? 1n : 0n, right);
  if (typeof right === 'boolean') return pyEquals(left, right ? 1n : 0n);
  if (typeof left === 'bigint' && typeof right === 'number') return equalNumbers(left, right);
  if (typeof left === 'number' && typeof right === 'bigint') return equalNumbers(right, left);
  if (isPyList(left)) {
    if (!isPyList(right) || left.length !== right.length) return false;
    return left.every((item, index) => pyEquals(item, right[index] as PyValue));
  }
  if (isPyDict(left)) {
    if (!isPyDict(right) || left.size !== right.size) return false;
    for (const [key, item] of left) {
      const other = right.get(key);
      if (other === undefined || !pyEquals(item, other)) return false;
    }
    return true;
  }
  return left === right;
}

function equalNumbers(integer: bigint, float: number): boolean {
  return Number.isInteger(float) && BigInt(float) === integer;
}
