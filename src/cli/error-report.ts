/** An error of the library, told to a person: what, where, why, and what to do. */

import type { SessionResumeError } from '../errors.js';
import { UnitDefinitionError } from '../errors.js';
import { factRows, paragraph } from './layout.js';
import type { Terminal } from './terminal.js';
import { truncate, visible } from './visible.js';

/** Longest message and value that are shown, in columns. */
const MESSAGE_WIDTH = 600;
const VALUE_WIDTH = 200;

export function reportError(
  error: SessionResumeError,
  advice: string | undefined,
  terminal: Terminal,
): string[] {
  const { colours } = terminal;
  const rows: [string, string][] = [
    error.name === 'SessionResumeError'
      ? ['code', error.code]
      : ['class', `${error.name}, code ${error.code}`],
  ];
  const add = (label: string, value: string | undefined) => {
    if (value !== undefined) rows.push([label, truncate(visible(value), VALUE_WIDTH)]);
  };
  add('where', placeOf(error));
  add('job', error.jobId);
  if (error instanceof UnitDefinitionError) {
    add('unit', error.unitId);
    add('field', error.field);
  }
  // The messages of a path or of several names say it all.
  if (error.expected !== undefined) {
    add('expected', fact(error.expected));
    add('found', fact(error.actual));
  }
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) add('cause', cause.message);
  if (advice !== undefined) rows.push(['advice', advice]);
  const indented = factRows(
    rows.map(([label, value]) => [`  ${label}`, value]),
    terminal,
  );
  return [
    ...paragraph(
      `${colours.red(colours.bold('error:'))} ${truncate(visible(error.message), MESSAGE_WIDTH)}`,
      terminal,
    ),
    ...indented,
  ];
}

function placeOf(error: SessionResumeError): string | undefined {
  const { path, offset } = error;
  const places: string[] = [];
  if (error instanceof UnitDefinitionError && error.file !== undefined) {
    places.push(error.line === undefined ? error.file : `${error.file}, line ${error.line}`);
  }
  if (path !== undefined) places.push(path);
  // In the compressed file or in the text, see ErrorFacts.offset.
  const isPacked = error.code.startsWith('gzip-') || error.code === 'limit-input';
  if (offset !== undefined) places.push(`byte ${offset} of the ${isPacked ? 'file' : 'unpacked text'}`);
  return places.length === 0 ? undefined : places.join(', ');
}

function fact(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part));
}
