/** The stored document as a tree that is read as far as it is opened. */

import type { JsonNode, JsonStep, RemoteSession } from 'plainbox-session/browser';
import { useEffect, useState } from 'preact/hooks';
import { count, formatBytes } from '../../src/wording/figures.js';
import { visible } from '../text/visible.js';

/** Members that are fetched at once. */
const CHILDREN = 200;

interface TreeProps {
  readonly remote: RemoteSession;
  readonly path: readonly JsonStep[];
}

/** The members of the value at a path. */
export function JsonChildren({ remote, path }: TreeProps) {
  const [nodes, setNodes] = useState<readonly JsonNode[] | undefined>();
  const [isComplete, setComplete] = useState(false);
  const more = async (known: readonly JsonNode[]) => {
    const next = await remote.children(path, known.length, known.length + CHILDREN);
    setNodes([...known, ...next]);
    setComplete(next.length < CHILDREN);
  };
  useEffect(() => {
    void more([]);
  }, [remote, path.join('\0')]);
  if (nodes === undefined) return <p class="quiet">…</p>;
  if (nodes.length === 0) return <p class="quiet">empty</p>;
  return (
    <ul class="json-tree">
      {nodes.map((node) => (
        <li key={node.key}>
          <JsonEntry remote={remote} path={[...path, node.key]} node={node} />
        </li>
      ))}
      {!isComplete && (
        <li>
          <button type="button" class="link" onClick={() => void more(nodes)}>
            more
          </button>
        </li>
      )}
    </ul>
  );
}

function JsonEntry({ remote, path, node }: TreeProps & { readonly node: JsonNode }) {
  const [isOpen, setOpen] = useState(false);
  const [whole, setWhole] = useState<string | undefined>();
  const { key, kind, size, bytes, offset, text } = node;
  const place = `${formatBytes(bytes)} at byte ${offset.toLocaleString('en')}`;
  if (text !== undefined) {
    return (
      <span class="json-scalar" title={place}>
        <span class="json-key">{visible(String(key))}</span>{' '}
        <span class="json-value" data-kind={kind}>
          {kind === 'string' && text === '' ? <span class="quiet">empty text</span> : visible(whole ?? text)}
        </span>
        {whole === undefined && text.endsWith('…') && (
          <button type="button" class="link" onClick={async () => setWhole(await remote.valueText(path))}>
            all of {formatBytes(bytes)}
          </button>
        )}
      </span>
    );
  }
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary title={place}>
        <span class="json-key">{visible(String(key))}</span>{' '}
        <span class="quiet">
          {kind === 'array' ? count(size, 'item') : count(size, 'member')}, {formatBytes(bytes)}
        </span>
      </summary>
      {isOpen && <JsonChildren remote={remote} path={path} />}
    </details>
  );
}
