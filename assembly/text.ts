// Where the text lies: only a part of it is in memory at a time. Tokens, spans and faults count bytes from the
// start of the text; addresses are for a moment.

import { TOKENS } from './layout';

/** Address of the text's first byte, if it were still there: address = position + shift. */
export let shift: usize = 0;

export function setShift(value: usize): void {
  shift = value;
}

@inline
export function token(i: u32): u32 {
  return load<u32>(TOKENS + ((<usize>i) << 2));
}

/** Address of a token. */
@inline
export function tokenAt(i: u32): usize {
  return <usize>token(i) + shift;
}
