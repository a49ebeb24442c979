/** Reading values and logs by turns: what one of them takes from the text must not be seen by the other. */

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type MemoryJobResult, openSync } from '../../src/index.js';
import { kernels } from '../kernels.js';

const line = (index: number) => `line ${index} of the output\n`;
const records = Array.from({ length: 60_000 }, (_, index) => [
  index / 1000,
  index % 3 === 0 ? 'stderr' : 'stdout',
  Buffer.from(line(index)).toString('base64'),
]);
const payload = {
  entries: Array.from({ length: 40_000 }, (_, index) => ({ index, text: `entry ${index}` })),
};
const session = gzipSync(
  JSON.stringify({
    session: {
      desired_job_list: [],
      jobs: { a: 'x' },
      mandatory_job_list: [],
      metadata: {
        app_blob: '',
        app_id: null,
        custom_joblist: false,
        flags: [],
        last_job_start_time: null,
        rejected_jobs: [],
        running_job_name: null,
        title: null,
      },
      results: {
        a: [{ comments: null, execution_duration: null, io_log: records, outcome: 'pass', return_code: 0 }],
      },
      system_information: {
        journal: { outputs: { payload, stderr: '' }, success: true, tool_version: '1' },
      },
    },
    version: 9,
  }),
);

describe.each(kernels.map((kernel) => [kernel.name, kernel] as const))(
  'interleaved, kernel %s',
  (_name, kernel) => {
    it('gives the same values in any order', () => {
      const opened = openSync(session, { kernel });
      const journal = opened.systemInformation!.get('journal')!.get('outputs')!.get('payload')!;
      const entries = journal.get('entries')!.items();
      const [result] = opened.results.get('a')!;
      const log = (result as MemoryJobResult).ioLog;
      for (let index = 0; index < 20_000; index++) entries.next();
      expect(log.at(1234)).toMatchObject({
        delay: 1.234,
        stream: 'stdout',
        data: new Uint8Array(Buffer.from(line(1234))),
      });
      expect(entries.next().value!.toJS()).toStrictEqual({ index: 20_000, text: 'entry 20000' });
      expect(journal.toJS()).toStrictEqual(payload);
      expect(Buffer.from(log.bytes('stderr')).toString().split('\n')).toHaveLength(20_001);
      expect(entries.next().value!.toJS()).toStrictEqual({ index: 20_001, text: 'entry 20001' });
      expect(journal.toJS()).toStrictEqual(payload);
      expect(opened.problems).toStrictEqual([]);
    });
  },
);
