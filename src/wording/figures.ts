/** Numbers as people read them. */

const UNITS = ['kB', 'MB', 'GB', 'TB'];
/** JavaScript's dates end 8.64e12 seconds from the epoch; four-digit years end here. */
const LAST_SECOND = 253_402_300_799;
/** Signals that end test programs, as Linux numbers them: sessions come from there, whoever reads them. */
const SIGNALS: ReadonlyMap<number, string> = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [4, 'SIGILL'],
  [5, 'SIGTRAP'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [10, 'SIGUSR1'],
  [11, 'SIGSEGV'],
  [12, 'SIGUSR2'],
  [13, 'SIGPIPE'],
  [14, 'SIGALRM'],
  [15, 'SIGTERM'],
  [24, 'SIGXCPU'],
  [25, 'SIGXFSZ'],
  [31, 'SIGSYS'],
]);

/** Bytes in decimal units: `131 B`, `4.1 kB`, `120 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(value < 9.95 ? 1 : 0)} ${UNITS[unit]}`;
}

/** Seconds: `0.22 s`, `12.5 s`, `10 min`, `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  if (!(seconds >= 0 && seconds <= LAST_SECOND)) return `${seconds} s`;
  if (seconds < 9.995) return seconds > 0 && seconds < 0.005 ? '<0.01 s' : `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return whole % 60 === 0
      ? `${whole / 60} min`
      : `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  }
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** Seconds since the epoch in ISO 8601, `2026-11-24T07:36:11`; undefined where they are unknown or in no calendar. */
export function isoTime(seconds: number | undefined): string | undefined {
  if (seconds === undefined || !(seconds >= 0 && seconds <= LAST_SECOND)) return undefined;
  return new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19);
}

/** Seconds since the epoch: `2026-11-24 07:36:11 UTC`; the number itself where no calendar has it. */
export function formatTime(seconds: number): string {
  const time = isoTime(seconds);
  return time === undefined ? `${seconds} s after the epoch` : `${time.replace('T', ' ')} UTC`;
}

/**
 * How a command ended: `exit code 1`, or `SIGSEGV` for a code that stands for a signal.
 *
 * @param code an integer in any form; the format lets booleans pass
 */
export function formatReturnCode(code: number | bigint | boolean | string): string {
  const number = typeof code === 'boolean' ? Number(code) : code;
  return SIGNALS.get(-Number(number)) ?? `exit code ${number}`;
}

/** `1 job`, `3 jobs`, `12,000 jobs`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? singular : plural}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
