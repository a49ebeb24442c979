/** POSIX paths as text, without looking at any file system. */

export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/');
}

/**
 * Resolves `.`, `..` and repeated slashes. The result of a relative path may begin with `..`; nothing is above
 * the root. An empty path is `.`.
 */
export function normalizePath(path: string): string {
  const absolute = isAbsolutePath(path);
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  const joined = parts.join('/');
  if (absolute) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/**
 * Joins as the reference does (spec `resume.md` 6.3): an absolute path stays as it is, nothing is normalised,
 * an empty location adds nothing.
 */
export function joinPath(location: string, path: string): string {
  if (location === '' || isAbsolutePath(path)) return path;
  return location.endsWith('/') ? location + path : `${location}/${path}`;
}

/**
 * The path as seen from the location: `.` for the location itself, undefined when it lies outside. A relative
 * path that does not begin with the location counts from there.
 */
export function pathInside(path: string, location: string): string | undefined {
  const full = normalizePath(path);
  const root = normalizePath(location);
  if (full === root) return '.';
  const prefix = root === '/' ? '/' : `${root}/`;
  if (full.startsWith(prefix)) return full.slice(prefix.length);
  return isAbsolutePath(full) || full === '..' || full.startsWith('../') ? undefined : full;
}

/**
 * The way from a directory to a path: it may begin with `..`, and is `.` for the directory itself. Where no way
 * can be told from the texts alone, since only one of the two is absolute or the directory begins with `..`, the
 * path stays as it is.
 */
export function relativePath(path: string, directory: string): string {
  if (isAbsolutePath(path) !== isAbsolutePath(directory)) return path;
  const to = stepsOf(path);
  const from = stepsOf(directory);
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  const up = from.slice(common);
  if (up.includes('..')) return path;
  return [...up.map(() => '..'), ...to.slice(common)].join('/') || '.';
}

function stepsOf(path: string): string[] {
  return normalizePath(path)
    .split('/')
    .filter((step) => step !== '' && step !== '.');
}
