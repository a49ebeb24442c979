// What can be wrong, as numbers. The host turns them into errors (src/kernel/wasm-faults.ts).

export const enum Fault {
  NONE,
  NOT_GZIP,
  UNSUPPORTED_METHOD,
  TRUNCATED,
  CORRUPT_DEFLATE,
  CRC_MISMATCH,
  LENGTH_MISMATCH,
  TRAILING_BYTES,
  TEXT_LIMIT,
  NOT_UTF8,
  SYNTAX,
  TOO_DEEP,
  INTEGER_TOO_LONG,
}

/** The part of a member in which the input ends: detail of TRUNCATED. */
export const enum Part {
  HEADER,
  DATA,
  TRAILER,
}

/** Detail of CORRUPT_DEFLATE. */
export const enum Deflate {
  BLOCK_TYPE,
  STORED_LENGTH,
  TOO_MANY_SYMBOLS,
  CODE_LENGTHS,
  REPEAT,
  NO_END_OF_BLOCK,
  LITLEN_CODE,
  DISTANCE_CODE,
  TOO_FAR_BACK,
}

/** What a JSON text should have had: detail of SYNTAX. */
export const enum Expected {
  VALUE,
  NAME,
  COLON,
  ARRAY_COMMA,
  OBJECT_COMMA,
  END,
  DIGIT,
  QUOTE,
  CONTROL_ESCAPE,
  UNICODE_ESCAPE,
  ESCAPE,
}

// The first fault of the JSON text: where, and {@link Expected} or the number of digits.

export let jsonFault: Fault = Fault.NONE;
export let jsonOffset: u32 = 0;
export let jsonDetail: u32 = 0;

export function failJson(fault: Fault, offset: u32, detail: u32): void {
  jsonFault = fault;
  jsonOffset = offset;
  jsonDetail = detail;
}
