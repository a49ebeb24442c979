/** Where a unit comes from (spec `units.md` 1). */
export interface Origin {
  /** Name of the file; null when unknown. */
  readonly source: string | null;
  /** 1-based line of the first field. */
  readonly firstLine: number | null;
  /** 1-based line of the last field or continuation line. */
  readonly lastLine: number | null;
}

export const UNKNOWN_ORIGIN: Origin = { source: null, firstLine: null, lastLine: null };

/** `file:line`, `file:first-last` or `file`; an unknown file is `???`. */
export function originText(origin: Origin): string {
  const source = origin.source ?? '???';
  const { firstLine, lastLine } = origin;
  if (firstLine === null) return source;
  if (lastLine === null || lastLine === firstLine) return `${source}:${firstLine}`;
  return `${source}:${firstLine}-${lastLine}`;
}

/** What has an origin and knows the lines of its fields. */
interface Located {
  readonly origin: Origin;
  readonly fieldOffsets: ReadonlyMap<string, number> | undefined;
}

/** The line of a field if it is known, else the lines of the whole record. */
export function fieldOrigin({ origin, fieldOffsets }: Located, field: string): Origin {
  const offset = fieldOffsets?.get(field) ?? fieldOffsets?.get(`_${field}`);
  if (offset === undefined || origin.firstLine === null) return origin;
  const line = origin.firstLine + offset;
  return { source: origin.source, firstLine: line, lastLine: line };
}
