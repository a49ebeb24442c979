// Makes simdjson's 128-bit x86 kernel compile to WebAssembly SIMD: emscripten maps the SSE 4.2 intrinsics, and
// what has no counterpart there (carry-less multiply, cpuid, per-function targets) is replaced.

const PREFIX_XOR = `  uint64_t bits = bitmask;
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
`;

/** What is replaced → by what. Each must occur in the header and in the source, or the version is not ours. */
const replacements = [
  // 64-bit words are native to WebAssembly, so it is no 32-bit platform for simdjson.
  [
    /^#if \(defined\(__x86_64__\) \|\| defined\(_M_AMD64\)\)/m,
    '#if (defined(__wasm__) || defined(_M_AMD64))',
  ],
  [/#include <x86intrin\.h>/g, '#include <nmmintrin.h>'],
  [/#include <immintrin\.h>/g, '#include <nmmintrin.h>'],
  [/#include <wmmintrin\.h>/g, ''],
  [
    / *__m128i all_ones = [^;]*;\s*__m128i result = _mm_clmulepi64_si128[^;]*;\s*return _mm_cvtsi128_si64\(result\);\n/g,
    PREFIX_XOR,
  ],
  [
    /#define SIMDJSON_TARGET_REGION\(T\) +\\\n +_Pragma\(SIMDJSON_STRINGIFY\( +\\\n +clang [^\n]*\n/,
    '#define SIMDJSON_TARGET_REGION(T)\n',
  ],
  [/_Pragma\("clang attribute pop"\)/, ''],
];

/** Only in the source: what the machine can do. */
const detection = [
  [/^#elif defined\(__x86_64__\) \|\| defined\(_M_AMD64\) \/\/ x64$/m, '#elif defined(__wasm__)'],
  [
    / *uint32_t a = \*eax, b, c = \*ecx, d;\n *asm volatile\([^\n]*\n/,
    '  uint32_t a = 0, b = 0, c = cpuid_sse42_bit | cpuid_pclmulqdq_bit, d = 0;\n',
  ],
  [/ *uint32_t xcr0_lo, xcr0_hi;\n *asm volatile\([^\n]*\n *return [^\n]*\n/, '  return 0;\n'],
];

function replaceAll(text, pairs) {
  for (const [pattern, by] of pairs) {
    const replaced = text.replace(pattern, by);
    if (replaced === text) throw new Error(`simdjson is not the expected version: ${pattern} is not in it`);
    text = replaced;
  }
  return text;
}

export const patchHeader = (text) => replaceAll(text, replacements);
export const patchSource = (text) => replaceAll(text, [...replacements, ...detection]);
