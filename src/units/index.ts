/**
 * Unit definitions (`plainbox-session/units`): unit files, unit dumps and what is in them.
 *
 * @packageDocumentation
 */

export { Category } from './category.js';
export { checkUnit } from './checks.js';
export type { TemplateEnvironment } from './environment.js';
export { InvalidJob } from './invalid-job.js';
export { Job, type JobClass, SetupJob } from './job.js';
export { type LoadedUnits, type LoadOptions, loadUnits, type UnitText } from './load.js';
export { ManifestEntry } from './manifest-entry.js';
export type { Origin } from './origin.js';
export { parsePxu } from './pxu.js';
export { selectJobs } from './selection.js';
export { Template } from './template.js';
export { TestPlan } from './test-plan.js';
export { Unit } from './unit.js';
export { unitsFromDump } from './unit-dump.js';
