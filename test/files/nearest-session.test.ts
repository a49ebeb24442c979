import { describe, expect, it } from 'vitest';
import { nearestSessions, severalSessions } from '../../src/files/nearest-session.js';

describe('the session among many files', () => {
  it('is the one nearest to the root', () => {
    const paths = ['a/b/session', 'x.session/session', 'x.session/session', 'my-session', 'y/session'];
    expect(nearestSessions(paths)).toEqual(['x.session/session', 'y/session']);
    expect(nearestSessions([...paths, 'session'])).toEqual(['session']);
    expect(nearestSessions(['a/b'])).toEqual([]);
  });

  it('is not chosen among hundreds of thousands, of which three are told', () => {
    const paths = Array.from({ length: 300_000 }, (_, i) => `${i}/session`);
    const sessions = nearestSessions(paths);
    expect(sessions).toHaveLength(300_000);
    expect(severalSessions('archive', sessions)).toMatchObject({
      message: '300000 sessions in the archive: 0/session, 1/session, 2/session, …',
      code: 'several-sessions',
    });
  });
});
