/** Finding a text in an output: also on pages that are not shown. */

import { useEffect, useState } from 'preact/hooks';

interface LogFindProps {
  readonly find: (text: string) => Promise<Uint32Array>;
  readonly onFound: (records: Uint32Array) => void;
  readonly onGoTo: (record: number) => void;
}

const PAUSE_MILLISECONDS = 250;
const NOTHING = new Uint32Array();

export function LogFind({ find, onFound, onGoTo }: LogFindProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Uint32Array | undefined>();
  const [position, setPosition] = useState(0);
  const show = (records: Uint32Array, index: number) => {
    if (records.length === 0) return;
    const wrapped = (index + records.length) % records.length;
    setPosition(wrapped);
    onGoTo(records[wrapped]!);
  };
  useEffect(() => {
    setFound(undefined);
    if (text === '') return onFound(NOTHING);
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const records = await find(text);
      if (!isCurrent) return;
      setFound(records);
      onFound(records);
      show(records, 0);
    }, PAUSE_MILLISECONDS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return (
    <span class="log-find">
      <input
        type="search"
        placeholder="Find"
        aria-label="Find in the output"
        value={text}
        spellcheck={false}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={({ key, shiftKey }) => {
          if (key === 'Enter' && found !== undefined) show(found, position + (shiftKey ? -1 : 1));
        }}
      />
      {text !== '' && (
        <span role="status">
          {found === undefined
            ? '…'
            : found.length === 0
              ? 'not found'
              : `${(position + 1).toLocaleString('en')} of ${found.length.toLocaleString('en')}`}
        </span>
      )}
      {found !== undefined && found.length > 1 && (
        <>
          <button type="button" aria-label="Previous" onClick={() => show(found, position - 1)}>
            ↑
          </button>
          <button type="button" aria-label="Next" onClick={() => show(found, position + 1)}>
            ↓
          </button>
        </>
      )}
    </span>
  );
}
