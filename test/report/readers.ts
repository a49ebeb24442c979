/** Readers that are not ours, and what they must find in a report. */

import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseJunit, type TestSuites } from 'junit2json';
import { expect } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const compile = (name: string) =>
  new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
    JSON.parse(read(`../../docs/schemas/${name}.schema.json`)),
  );
const submissionSchema = compile('submission');
const lineSchema = compile('report-line');
const rowSchema = compile('index-row');
const junitSchema = read('junit.xsd');

export interface Submission {
  readonly [list: string]: unknown;
  readonly results: readonly Readonly<Record<string, unknown>>[];
  readonly problems: readonly Readonly<Record<string, unknown>>[];
}

/** A report in JSON, valid by its schema. */
export function readSubmission(text: string, name = ''): Submission {
  const submission = JSON.parse(text);
  expectValid(submission, submissionSchema, name);
  return submission;
}

function expectValid(value: unknown, schema: ValidateFunction, name: string): void {
  schema(value);
  expect(schema.errors ?? [], name).toStrictEqual([]);
}

/** Validates reports in JUnit's XML by the schema, with libxml2. */
export async function expectValidJunit(reports: ReadonlyMap<string, string>): Promise<void> {
  const files = Array.from(reports.values(), (contents, index) => ({ fileName: `${index}.xml`, contents }));
  const { errors, valid } = await validateXML({
    xml: files,
    schema: junitSchema,
    maxMemoryPages: memoryPages.GiB,
  });
  const names = [...reports.keys()];
  const found = errors.map(
    ({ loc, message }) => `${names[Number.parseInt(loc?.fileName ?? '', 10)]}: ${message}`,
  );
  expect({ valid, found }).toStrictEqual({ valid: true, found: [] });
}

/** A report in JUnit's XML, valid by the schema, whose totals are those of its test cases. */
export async function readJunit(text: string): Promise<TestSuites> {
  await expectValidJunit(new Map([['report', text]]));
  return readValidJunit(text);
}

/** {@link readJunit} without the schema. */
export async function readValidJunit(text: string, name = ''): Promise<TestSuites> {
  expect(text, name).not.toContain(']]>');
  const suites = (await parseJunit(text)) as TestSuites;
  const sum = { tests: 0, failures: 0, errors: 0 };
  for (const suite of suites.testsuite ?? []) {
    const cases = suite.testcase ?? [];
    expect(suite, name).toMatchObject({
      tests: cases.length,
      failures: cases.filter(({ failure }) => failure !== undefined).length,
      errors: cases.filter(({ error }) => error !== undefined).length,
      skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
    });
    sum.tests += suite.tests!;
    sum.failures += suite.failures!;
    sum.errors += suite.errors!;
  }
  expect(suites, name).toMatchObject(sum);
  return suites;
}

export type CsvRow = Readonly<Record<string, string>>;

/** A report in CSV: every row has every column. */
export function readCsv(text: string): readonly CsvRow[] {
  return parseCsv(text, { columns: true, relax_column_count: false, record_delimiter: '\r\n' });
}

export type Line = Readonly<Record<string, unknown>>;

/** A report in ndjson, every line valid by its schema. */
export function readNdjson(text: string, name = ''): readonly Line[] {
  return readLines(text, lineSchema, name);
}

/** An index in ndjson, every line valid by its schema. */
export function readRows(text: string): readonly Line[] {
  return readLines(text, rowSchema, '');
}

function readLines(text: string, schema: ValidateFunction, name: string): Line[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const value = JSON.parse(line);
      expectValid(value, schema, name);
      return value;
    });
}

/** What no report for people may contain. */
export function expectHarmless(text: string): void {
  expect(text).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}
