/** The stored document itself: metadata, lists, the application's data, everything. */

import { formatBytes } from '../../src/wording/figures.js';
import type { OpenSession } from '../state/session.js';
import { useAnswer } from '../state/use-answer.js';
import { visible } from '../text/visible.js';
import { JsonChildren } from './json-tree.js';

/** Characters shown of the application's data. */
const BLOB_CHARACTERS = 100_000;

export function DocumentView({ session: { remote, overview } }: { readonly session: OpenSession }) {
  const blob = useAnswer(() => remote.appBlob(), [remote]);
  return (
    <>
      <section class="panel">
        <h2>Metadata</h2>
        <JsonChildren remote={remote} path={['session', 'metadata']} />
      </section>
      <section class="panel">
        <h2>
          Data of the application{' '}
          {overview.appId !== null && <span class="quiet">{visible(overview.appId)}</span>}
        </h2>
        {blob.state === 'here' && <AppBlob bytes={blob.value} />}
      </section>
      <section class="panel">
        <h2>Envelope</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Compressed</th>
              <th scope="col">Unpacked</th>
              <th scope="col">CRC-32</th>
              <th scope="col">File name</th>
            </tr>
          </thead>
          <tbody>
            {overview.members.map((member, index) => (
              <tr key={member.offset}>
                <td>{index + 1}</td>
                <td>{formatBytes(member.memberBytes)}</td>
                <td>{formatBytes(member.textBytes)}</td>
                <td>
                  <code>{member.crc32.toString(16).padStart(8, '0')}</code>
                </td>
                <td>{member.fileName === undefined ? '' : visible(member.fileName)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="panel">
        <h2>Everything, as it is stored</h2>
        <JsonChildren remote={remote} path={['session']} />
      </section>
    </>
  );
}

function AppBlob({ bytes }: { readonly bytes: Uint8Array | null }) {
  if (bytes === null || bytes.length === 0) return <p class="quiet">none</p>;
  const text = readText(bytes);
  if (text === undefined) return <p class="quiet">{formatBytes(bytes.length)} that are no text</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those without a mouse
    <pre class="app-blob" tabIndex={0}>
      {visible(text.slice(0, BLOB_CHARACTERS))}
    </pre>
  );
}

/** JSON in lines, other text as it is, undefined for what is no text. */
function readText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return indented(text);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
