/** Conversions over the corpus: there and back again, and what the converted session resumes to. */

import { rmSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { conversionLosses, convert } from '../../src/formats/convert.js';
import type { DormantSession } from '../../src/formats/dormant-session.js';
import { openSync } from '../../src/formats/open.js';
import { suspend } from '../../src/formats/suspend.js';
import { FORMAT_VERSIONS, type VersionNumber } from '../../src/formats/versions.js';
import { jsKernel } from '../../src/kernel/js.js';
import { isPyList, type PyDict, type PyValue } from '../../src/python/value.js';
import type { SessionState } from '../../src/session/state.js';
import { difference } from '../compare.js';
import { type CorpusFolder, corpusCases } from '../corpus/corpus.js';
import { type CasePlace, deepDirectory, placeOf, tryResume } from './resumed-cases.js';

const { top, deep } = deepDirectory();
afterAll(() => rmSync(top, { recursive: true }));

interface ResumableCase {
  readonly folder: CorpusFolder;
  readonly place: CasePlace;
  readonly dormant: DormantSession;
  /** Directory of the session where that is known exactly. */
  readonly location: string | null;
  /** What it resumes to, as text of the latest version. */
  readonly resumed: string;
}

const resumable = (await corpusCases()).flatMap((folder): ResumableCase[] => {
  const directory = join(deep, folder.name);
  folder.writeTo(directory);
  const place = placeOf(folder, directory);
  const session = tryResume(folder.bytes('session'), place, folder.info.flags);
  // The title of one case can be read, but not be written.
  if (session === undefined || folder.name.endsWith('lone-surrogate')) return [];
  const dormant = openSync(folder.bytes('session'), { kernel: jsKernel });
  const location = place.location?.startsWith('/') ? place.location : null;
  return [{ folder, place, dormant, location, resumed: latest(session, dormant.version) }];
});
const versions = [...FORMAT_VERSIONS.keys()] as VersionNumber[];

/** The text of a session as the latest version; the mandatory list is read since version 6 only. */
function latest(session: SessionState, version: VersionNumber): string {
  if (version < 6) session.updateMandatoryJobList([]);
  return gunzipSync(suspend(session)).toString();
}

/**
 * The member `session` of a document, without what may change on the way there and back: results that say nothing
 * (version 4 and later keep none), the spelling of names of logs.
 */
function comparable(dormant: DormantSession, location: string | null): PyDict {
  const session = new Map<string, PyValue>([
    // Versions 1 to 5 never miss the list.
    ['mandatory_job_list', []],
    ...(dormant.document.toPython() as PyDict),
  ]);
  const results = [...(session.get('results') as ReadonlyMap<string, readonly PyDict[]>)]
    .map(([id, history]) => [id, history.filter((result) => !isHollow(result))] as const)
    .filter(([, history]) => history.length > 0)
    .map(([id, history]) => [id, history.map((result) => withPlainName(result, location))] as const);
  return session.set('results', new Map(results));
}

function isHollow(result: PyDict): boolean {
  return [...result.values()].every((value) => value === null || (isPyList(value) && value.length === 0));
}

function withPlainName(result: PyDict, location: string | null): PyDict {
  const name = result.get('io_log_filename');
  if (typeof name !== 'string' || location === null) return result;
  return new Map(result).set('io_log_filename', posix.resolve(location, name));
}

describe.each(versions)('conversion to version %i', (version) => {
  it('and back gives the document again, unless something would be lost', () => {
    let same = 0;
    for (const { folder, dormant, location } of resumable) {
      if (conversionLosses(dormant, { version, location }).length > 0) continue;
      const there = openSync(convert(dormant, { version, location }), { kernel: jsKernel });
      expect(there.version, folder.name).toBe(version);
      const bytes = convert(there, { version: dormant.version, location, force: true });
      const back = openSync(bytes, { kernel: jsKernel });
      const found = difference(comparable(back, location), comparable(dormant, location));
      expect(found, folder.name).toBeUndefined();
      same++;
    }
    expect(same).toBeGreaterThan(200);
  });

  it('resumes to the same session, unless something would be lost', () => {
    for (const { folder, place, dormant, location, resumed: before } of resumable) {
      const losses = conversionLosses(dormant, { version, location });
      const bytes = convert(dormant, { version, location, force: true });
      const resumed = tryResume(bytes, place, folder.info.flags);
      // Templates may be refused, or not, with their jobs.
      if (losses.some(({ text }) => text.startsWith('strict_template_expansion'))) continue;
      expect(resumed, folder.name).toBeDefined();
      if (losses.length === 0) expect(latest(resumed!, dormant.version), folder.name).toBe(before);
    }
  });
});
