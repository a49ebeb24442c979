// Fails when a layer imports from a layer to its right, or the inspector from inside the package (docs/architecture.md).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const layers = [
  'errors',
  'python',
  'wording',
  'kernel',
  'input',
  'document',
  'envelope',
  'files',
  'results',
  'units/languages',
  'units',
  'session',
  'formats',
  'dump',
  'storage',
  'report',
  'index',
  'browser',
  'node',
  'plainbox',
  'cli',
];
const source = fileURLToPath(new URL('../src', import.meta.url));
const imports = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The position of a file's layer: the longest listed name that its path starts with. */
function layerOf(file) {
  const path = relative(source, file).replace(/\.ts$/, '');
  const fits = layers.filter((name) => path === name || path.startsWith(`${name}/`));
  if (fits.length === 0) throw new Error(`src/${path}: in no layer; name it in build/check-layers.mjs`);
  return layers.indexOf(fits.sort((a, b) => b.length - a.length)[0]);
}

let wrong = 0;
for (const entry of readdirSync(source, { recursive: true })) {
  if (!entry.endsWith('.ts')) continue;
  const file = join(source, entry);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(imports)) {
    const target = normalize(join(dirname(file), specifier.replace(/\.js$/, '.ts')));
    if (layerOf(target) > layerOf(file)) {
      console.error(`src/${entry} imports ${specifier}: against the flow of the layers`);
      wrong++;
    }
  }
}
// The inspector is a user of the package like any other, but for the words that it shares with the command line.
const inspector = fileURLToPath(new URL('../inspector', import.meta.url));
for (const entry of readdirSync(inspector, { recursive: true })) {
  if (!/\.tsx?$/.test(entry)) continue;
  const file = join(inspector, entry);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(imports)) {
    const target = relative(source, normalize(join(dirname(file), specifier)));
    if (!target.startsWith('..') && !target.startsWith('wording/')) {
      console.error(`inspector/${entry} imports ${specifier}: no entry point of the package`);
      wrong++;
    }
  }
}
process.exit(wrong === 0 ? 0 : 1);
