/** Numbers as people read them. */

const UNITS = ['kB', 'MB', 'GB', 'TB'];
/** Four-digit years end here, in seconds since the epoch. */
const LAST_SECOND = 253_402_300_799;
/** Signals that end test programs, by number. */
const SIGNALS = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [4, 'SIGILL'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [13, 'SIGPIPE'],
  [14, 'SIGALRM'],
  [15, 'SIGTERM'],
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
  if (seconds < 9.995) return seconds > 0 && seconds < 0.005 ? '<0.01 s' : `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const two = (number: number) => String(number).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`.replace(' 00 s', '');
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** Seconds since the epoch: `2026-11-24 07:36:11 UTC`. */
export function formatTime(seconds: number): string {
  if (!(seconds >= 0 && seconds <= LAST_SECOND)) return `${seconds} s after the epoch`;
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** How a command ended: `exit code 1`, or `SIGSEGV` for a code that stands for a signal. */
export function formatReturnCode(code: number | string): string {
  return SIGNALS.get(-Number(code)) ?? `exit code ${code}`;
}

/** `1 job`, `3 jobs`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? singular : plural}`;
}
