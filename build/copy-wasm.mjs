// Puts the raw WebAssembly modules beside the compiled sources, for `plainbox-session/wasm`.
import { copyFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
for (const file of ['kernel-simd.wasm', 'kernel.wasm']) {
  copyFileSync(new URL(`build/out/${file}`, root), new URL(`dist/${file}`, root));
}
