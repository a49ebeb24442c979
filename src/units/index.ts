/**
 * Unit definitions (`plainbox-session/units`): unit files, unit dumps and what is in them.
 *
 * @packageDocumentation
 */

export { Category } from './category.js';
export { checkUnit, type UnitIssue } from './checks.js';
export type { TemplateEnvironment } from './environment.js';
export { InvalidJob } from './invalid-job.js';
export { Job, type JobClass, SetupJob } from './job.js';
export type { ResourceExpression } from './languages/expression.js';
export type { ProgramResult, ResourceProgram } from './languages/resource-program.js';
export type { IncludeLine } from './languages/words.js';
export { type LoadedUnits, type LoadOptions, loadUnits, type UnitText } from './load.js';
export { ManifestEntry } from './manifest-entry.js';
export type { Origin } from './origin.js';
export { type PxuRecord, parsePxu } from './pxu.js';
export { selectJobs } from './selection.js';
export { Template } from './template.js';
export { type SelectionField, TestPlan, type UnitOverride } from './test-plan.js';
export type { TextEngine } from './text-engine.js';
export { Unit, type UnitOptions } from './unit.js';
export { unitsFromDump } from './unit-dump.js';
export type { IdMatcher, UnitPattern } from './unit-pattern.js';
