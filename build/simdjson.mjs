// Rebuilds the simdjson binding of the differential tests and benchmarks, and compares it with the one that is
// kept in the repository. `--write` replaces that one instead. Needs Debian's emscripten (installed when it is
// missing and the user is root) and the npm registry for the amalgamated source.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patchHeader, patchSource } from './simdjson/patch.mjs';

const PACKAGE = '@nozbe/simdjson@3.9.4';
const EXPORTS = ['reserve', 'stage1', 'parse', 'structural_count', 'structurals', 'tape', 'strings'];
const FLAGS = [
  '-std=c++17',
  '-O3',
  '-DNDEBUG',
  '-fno-exceptions',
  '-fno-rtti',
  '-msimd128',
  '-msse4.2',
  '-DSIMDJSON_IMPLEMENTATION_WESTMERE=1',
  '-DSIMDJSON_IMPLEMENTATION_HASWELL=0',
  '-DSIMDJSON_IMPLEMENTATION_ICELAKE=0',
  '-DSIMDJSON_IMPLEMENTATION_FALLBACK=0',
  '-D__PCLMUL__=1',
  '-D_popcnt64=__builtin_popcountll',
  '--no-entry',
  '-sSTANDALONE_WASM',
  '-sALLOW_MEMORY_GROWTH=1',
  '-sMAXIMUM_MEMORY=4GB',
  `-sEXPORTED_FUNCTIONS=${EXPORTS.map((name) => `_${name}`).join(',')}`,
];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const work = here('out/simdjson/');
const kept = here('../bench/simdjson/simdjson.wasm');
const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

if (spawnSync('emcc', ['--version']).error !== undefined) {
  execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'emscripten'], { stdio: 'inherit' });
}

mkdirSync(work, { recursive: true });
const archive = execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: work, encoding: 'utf8' }).trim();
execFileSync('tar', ['xzf', archive], { cwd: work });
const source = (name) => readFileSync(`${work}package/src/${name}`, 'utf8');
writeFileSync(`${work}simdjson.h`, patchHeader(source('simdjson.h')));
writeFileSync(`${work}simdjson.cpp`, patchSource(source('simdjson.cpp')));
copyFileSync(here('simdjson/shim.cpp'), `${work}shim.cpp`);
execFileSync('emcc', [...FLAGS, 'shim.cpp', 'simdjson.cpp', '-o', 'simdjson.wasm'], {
  cwd: work,
  stdio: 'inherit',
});

if (process.argv.includes('--write')) {
  copyFileSync(`${work}simdjson.wasm`, kept);
  copyFileSync(`${work}package/LICENSE`, here('../bench/simdjson/LICENSE'));
}
const compiler = execFileSync('emcc', ['--version'], { encoding: 'utf8' }).split('\n')[0];
console.log(`source   ${PACKAGE}, sha256 of the package ${digest(work + archive)}`);
console.log(`compiler ${compiler}`);
console.log(`flags    ${FLAGS.join(' ')}`);
console.log(
  `built    ${digest(`${work}simdjson.wasm`)}, ${readFileSync(`${work}simdjson.wasm`).length} bytes`,
);
console.log(`kept     ${digest(kept)}`);
process.exitCode = digest(`${work}simdjson.wasm`) === digest(kept) ? 0 : 1;
