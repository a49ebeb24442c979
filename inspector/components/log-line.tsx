/** One line of output. */

import { formatBytes } from '../../src/wording/figures.js';
import { memo } from '../state/memo.js';
import { styledTexts } from '../text/ansi.js';
import type { LogLineText } from '../text/log-lines.js';

interface LogLineProps {
  readonly line: LogLineText;
  readonly href: string;
  readonly isFound?: boolean;
  readonly isTarget?: boolean;
  readonly withTime?: boolean;
}

export const LogLine = memo(function LogLine({
  line,
  href,
  isFound,
  isTarget,
  withTime = false,
}: LogLineProps) {
  return (
    <div
      class="line"
      data-stream={line.stream}
      data-found={isFound || undefined}
      data-target={isTarget || undefined}
    >
      <a class="number" href={href} aria-label={`${recordsOf(line)}, ${line.stream}`}>
        {line.isFirst ? line.records[0]! + 1 : '·'}
      </a>
      {withTime && (
        <span class="time" title={line.endTime > line.time ? `until ${line.endTime.toFixed(3)}` : undefined}>
          {line.isFirst ? line.time.toFixed(3) : ''}
        </span>
      )}
      <span class="text">
        {styledTexts(line.text).map(({ text, className, style }, index) => (
          <span key={index} class={className} style={style}>
            {text}
          </span>
        ))}
        {line.cut > 0 && <em class="cut"> … {formatBytes(line.cut)} more, see the download</em>}
      </span>
    </div>
  );
});

function recordsOf({ records }: LogLineText): string {
  const [first] = records;
  const last = records.at(-1);
  return first === last ? `Record ${first! + 1}` : `Records ${first! + 1} to ${last! + 1}`;
}
