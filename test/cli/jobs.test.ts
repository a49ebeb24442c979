import { describe, expect, it } from 'vitest';
import { cli, SAMPLE } from './cli.js';
import { forge, result } from './sessions.js';

describe('jobs', () => {
  it('lists the selection in its order, then what it needed', async () => {
    const { code, out, err } = await cli(['jobs', SAMPLE]);
    expect(out).toBe(`\
Ids without a namespace are in com.example.laptop.
OUTCOME               TRIES  DURATION    LOG  JOB
☑ pass                    1    0.02 s  832 B  cpu/info
☑ pass                    1    0.02 s  919 B  memory/info
☒ fail                    1    0.22 s  220 B  memory/bandwidth
☐ skipped-dependency      1   <0.01 s         memory/ecc
☑ pass                    1    0.28 s  219 B  disk/read-nvme0n1
☑ pass                    1    0.27 s  217 B  disk/read-sda
☑ pass                    1    0.02 s  166 B  disk/smart-nvme0n1
☐ skipped-resource        1   <0.01 s         storage/tape
☑ pass                    1    0.01 s  235 B  audio/beep
⚠ crash                   1    0.01 s   64 B  power/crash
  running                                     power/stress
  to do                                       power/idle
  to do                                       power/suspend
☑ pass                    1    0.04 s  227 B  disk
`);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('counts attempts and records, and shows the last outcome', async () => {
    const results = {
      'a::b': [
        result('fail'),
        result(null, [], { execution_duration: null }),
        result('pass', [
          ['stdout', 'x'],
          ['stderr', 'y'],
        ]),
      ],
      'a::none': [],
      'b::c': [result('undecided', [], { execution_duration: 3725.0001 })],
    };
    const session = forge({ results, desired: [], metadata: { rejected_jobs: ['a::none'] } });
    const { out } = await cli(['jobs', '-'], { stdin: session });
    expect(out.split('\n').slice(2, -1)).toStrictEqual([
      '☑ pass           2      1.50 s  2 records  b',
      '  rejected                                 none',
      '⁇ undecided      1  1 h 02 min             b::c',
    ]);
  });

  it('filters by outcome', async () => {
    const { out } = await cli(['jobs', SAMPLE, '--outcome', 'fail,crash']);
    expect(out.split('\n').map((line) => line.split(/ +/).at(-1))).toStrictEqual([
      'com.example.laptop.',
      'JOB',
      'memory/bandwidth',
      'power/crash',
      '',
    ]);
    const left = await cli(['jobs', SAMPLE, '--outcome', 'none', '--json']);
    expect(JSON.parse(left.out).jobs.map(({ id }: { id: string }) => id)).toStrictEqual([
      'com.example.laptop::power/stress',
      'com.example.laptop::power/idle',
      'com.example.laptop::power/suspend',
    ]);
    expect((await cli(['jobs', SAMPLE, '--outcome', 'undecided'])).out).toBe('none of 14 jobs\n');
    const wrong = await cli(['jobs', SAMPLE, '--outcome', 'failed']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Outcomes are crash, fail, none, ');
  });

  it('leaves ids whole where no namespace prevails', async () => {
    const session = forge({ results: { 'a::x': [], 'b::y': [] } });
    const { out } = await cli(['jobs', '-'], { stdin: session });
    expect(out).not.toContain('Ids without');
    expect(out).toContain('a::x\n');
  });

  it('colours outcomes on a terminal only', async () => {
    const terminal = await cli(['jobs', SAMPLE], { columns: 80 });
    expect(terminal.out).toContain('\x1b[31;1m☒ fail\x1b[0m');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await cli(['jobs', SAMPLE], { columns: 80, env })).out).not.toContain('\x1b');
    }
    expect((await cli(['jobs', SAMPLE])).out).not.toContain('\x1b');
    expect((await cli(['jobs', SAMPLE], { env: { FORCE_COLOR: '1' } })).out).toContain('\x1b[31;1m');
  });

  it('gives each job as JSON', async () => {
    const { out } = await cli(['jobs', SAMPLE, '--json']);
    const [first] = JSON.parse(out).jobs;
    expect(first).toStrictEqual({
      id: 'com.example.laptop::cpu/info',
      outcome: 'pass',
      attempts: 1,
      execution_duration: 0.01715397834777832,
      return_code: 0,
      comments: null,
      desired: true,
      running: false,
      rejected: false,
      log: {
        kind: 'file',
        name: 'io-logs/com.example.laptop__cpu_info.record.gz',
        state: 'present',
        bytes: 832,
      },
    });
  });

  it('warns of problems', async () => {
    const session = forge({ results: { 'a::b': [result('pass', [], { return_code: 'zero' })] } });
    const { code, out, err } = await cli(['jobs', '-'], { stdin: session });
    expect(out).toContain('pass');
    expect(err).toBe('warning: 1 problem in the session, see `show`\n');
    expect(code).toBe(1);
  });
});
