/** What is checked in jobs (spec `units.md` 8.1). */

import { UnitDefinitionError } from '../errors.js';
import { isPyDict, isPyList, type PyValue } from '../python/value.js';
import { checkId, checkInvariant, checkPresent, checkVariant, type FieldCheck } from './field-checks.js';
import { fieldError, UnfilledFieldError } from './field-errors.js';
import { type Job, SetupJob } from './job.js';
import { findShellProblem } from './languages/shell-lexical.js';

const PLUGINS: readonly string[] = [
  'attachment',
  'manual',
  'resource',
  'shell',
  'user-interact',
  'user-interact-verify',
  'user-verify',
];
const SETUP_PLUGINS: readonly string[] = ['shell'];
const SHELLS: readonly string[] = ['bash', '/bin/sh', '/bin/bash'];
const CERTIFICATION_STATUSES: readonly string[] = ['blocker', 'non-blocker'];
const AUTO_RETRIES: readonly string[] = ['no', 'unspecified'];
/** What a sibling may replace. */
const PROPERTIES: ReadonlySet<string> = new Set([
  'after',
  'auto_retry',
  'before',
  'category_id',
  'certification_status',
  'command',
  'depends',
  'description',
  'environ',
  'estimated_duration',
  'flags',
  'group',
  'id',
  'imports',
  'name',
  'plugin',
  'purpose',
  'requires',
  'salvages',
  'shell',
  'siblings',
  'steps',
  'summary',
  'template_id',
  'unit',
  'user',
  'verification',
]);

/** In the order of the field names. */
export const JOB_CHECKS: readonly FieldCheck<Job>[] = [
  { field: 'after', messages: (job) => readable(job.afterIds) },
  {
    field: 'auto_retry',
    messages: (job) => [...checkInvariant(job, 'auto_retry'), ...checkOneOf(job.autoRetry, AUTO_RETRIES)],
  },
  { field: 'before', messages: (job) => readable(job.beforeIds) },
  {
    field: 'category_id',
    messages: (job) => [...checkInvariant(job, 'category_id'), ...readable(job.categoryId)],
  },
  {
    field: 'certification_status',
    messages: (job) => [
      ...checkInvariant(job, 'certification_status'),
      ...checkOneOf(job.certificationStatus, CERTIFICATION_STATUSES),
    ],
  },
  { field: 'command', messages: checkCommand },
  { field: 'depends', messages: (job) => readable(job.dependsIds) },
  {
    field: 'description',
    messages: (job) => [
      ...checkVariant(job, 'description'),
      ...(job.plugin === 'manual' ? checkPresent(job.description) : []),
    ],
  },
  { field: 'estimated_duration', messages: checkDuration },
  { field: 'flags', messages: (job) => [...checkInvariant(job, 'flags'), ...readable(job.flags)] },
  { field: 'id', messages: checkId },
  {
    field: 'imports',
    messages: (job) => [
      ...checkInvariant(job, 'imports'),
      ...checkCompiles(job, 'imports', () => job.imports),
    ],
  },
  { field: 'name', messages: (job) => checkVariant(job, 'name') },
  { field: 'plugin', messages: checkPlugin },
  {
    field: 'requires',
    messages: (job) => checkCompiles(job, 'requires', () => job.resourceProgram),
  },
  {
    field: 'shell',
    messages: (job) => [
      ...checkInvariant(job, 'shell'),
      ...(SHELLS.includes(job.shell) ? [] : ['only /bin/sh and /bin/bash are allowed']),
    ],
  },
  { field: 'siblings', messages: checkSiblings },
  { field: 'summary', messages: (job) => readable(job.summary) },
  { field: 'unit', messages: (job) => checkInvariant(job, 'unit') },
  {
    field: 'user',
    messages: (job) => [
      ...checkInvariant(job, 'user'),
      ...(job.user === null || job.user === 'root' ? [] : ["user can only be 'root'"]),
    ],
  },
];

/** Reading the field is all there is to check: a parameter may be missing. */
function readable(_value: unknown): readonly string[] {
  return [];
}

function checkOneOf(value: string, allowed: readonly string[]): readonly string[] {
  return allowed.includes(value) ? [] : [`valid values are: ${allowed.join(', ')}`];
}

function checkPlugin(job: Job): readonly string[] {
  const { plugin } = job;
  const invariant = checkInvariant(job, 'plugin');
  if (plugin === null) return [...invariant, ...checkPresent(plugin)];
  return [...invariant, ...checkOneOf(plugin, job instanceof SetupJob ? SETUP_PLUGINS : PLUGINS)];
}

function checkCommand(job: Job): readonly string[] {
  const { command } = job;
  if (command === null) return job.plugin === 'manual' ? [] : ['command is mandatory for non-manual jobs'];
  const problem = findShellProblem(command);
  return problem === null ? [] : [problem];
}

function checkDuration(job: Job): readonly string[] {
  const invariant = checkInvariant(job, 'estimated_duration');
  if (isEmpty(job.value('estimated_duration'))) return invariant;
  const duration = job.estimatedDuration;
  return duration !== null && duration > 0 ? invariant : [...invariant, 'value must be a positive number'];
}

/** The texts must be readable, else the unit is refused; that they do not compile is an issue. */
function checkCompiles(job: Job, field: string, compile: () => unknown): readonly string[] {
  job.value(field);
  job.value('imports');
  try {
    compile();
    return [];
  } catch (error) {
    if (error instanceof UnitDefinitionError) return [error.message];
    throw error;
  }
}

function checkSiblings(job: Job): readonly string[] {
  const siblings = siblingsOf(job);
  if (isEmpty(siblings)) return [];
  if (!isPyList(siblings)) return ['siblings must be a list of mappings'];
  return siblings.flatMap((sibling) => {
    if (!isPyDict(sibling)) return ['each sibling must be a mapping'];
    return [...sibling.keys()]
      .filter((key) => !PROPERTIES.has(key.replace(/^_+/, '')))
      .map((key) => `unknown property of a sibling: ${key}`);
  });
}

/** The reference stops at a missing parameter here: mostly it is a brace of the JSON that is not doubled. */
function siblingsOf(job: Job): PyValue {
  try {
    return job.siblingsValue;
  } catch (error) {
    if (!(error instanceof UnfilledFieldError)) throw error;
    throw fieldError(job, 'siblings', error.message, 'unit-field', error);
  }
}

/** False in Python's eyes. */
function isEmpty(value: PyValue): boolean {
  if (isPyList(value)) return value.length === 0;
  if (isPyDict(value)) return value.size === 0;
  return value === null || value === '' || value === false || value === 0 || value === 0n;
}
