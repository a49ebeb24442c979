/** Resuming in the page: what is left to run, and why the session would not resume. */

import { chosenFiles, type FileEntry } from 'plainbox-session/browser';
import { count } from '../../src/wording/figures.js';
import { useDropZone } from '../state/drop-zone.js';
import { addUnits, changeTry, resumeTry } from '../state/resume.js';
import type { OpenSession } from '../state/session.js';
import { useStore } from '../state/store.js';
import { visible } from '../text/visible.js';
import { ResumeResult } from './resume-result.js';

const FLAG_LABELS = [
  ['ignore-job-checksums', 'take jobs whose definition has changed'],
  ['file-reference-checks', 'demand that all logs are there'],
  ['rewrite-log-pathnames', 'look for logs of old sessions in this directory'],
] as const;

export function ResumeView({ session }: { readonly session: OpenSession }) {
  const { files, namespace, flags, answer } = useStore(resumeTry(session));
  const take = (entries: readonly FileEntry[]) => void addUnits(session, entries);
  const zone = useDropZone(take);
  const toggle = (flag: string) => {
    const wanted = flags.includes(flag) ? flags.filter((one) => one !== flag) : [...flags, flag];
    void changeTry(session, { flags: wanted });
  };
  return (
    <>
      <section class="panel">
        <h2>Resume it here</h2>
        <p>
          Checkbox goes on with a session only when it knows the same jobs as before. Give the unit files (
          <code>.pxu</code>, <code>.yaml</code>, a unit dump in JSON) or the directory of the provider.
        </p>
        <div class="drop-zone" {...zone}>
          <p>Drop unit files or a provider here</p>
          <UnitFileButton label="Choose files…" onFiles={take} />
          <UnitFileButton label="Choose a directory…" ofDirectory onFiles={take} />
        </div>
        <div class="toolbar">
          <label>
            Namespace of the units{' '}
            <input
              type="text"
              // Not bound to the state: an answer that comes meanwhile would undo what is being typed.
              defaultValue={namespace}
              spellcheck={false}
              onChange={({ currentTarget }) => void changeTry(session, { namespace: currentTarget.value })}
            />
          </label>
          {FLAG_LABELS.map(([flag, label]) => (
            <label key={flag} title={flag}>
              <input type="checkbox" checked={flags.includes(flag)} onChange={() => toggle(flag)} /> {label}
            </label>
          ))}
        </div>
        {files.length > 0 && (
          <p class="quiet">
            {count(files.length, 'file')}: {files.map(({ path }) => visible(path)).join(', ')}{' '}
            <button type="button" class="link" onClick={() => void changeTry(session, { files: [] })}>
              remove
            </button>
          </p>
        )}
      </section>
      {answer instanceof Error ? (
        <p class="panel problem">{visible(answer.message)}</p>
      ) : (
        answer !== undefined && <ResumeResult session={session} answer={answer} />
      )}
    </>
  );
}

interface UnitFileButtonProps {
  readonly label: string;
  readonly ofDirectory?: boolean;
  readonly onFiles: (entries: readonly FileEntry[]) => void;
}

function UnitFileButton({ label, ofDirectory = false, onFiles }: UnitFileButtonProps) {
  return (
    <label class="button">
      {label}
      <input
        class="hidden-input"
        type="file"
        multiple
        {...(ofDirectory ? { webkitdirectory: true } : {})}
        onChange={({ currentTarget }) => {
          if (currentTarget.files !== null) onFiles(chosenFiles(currentTarget.files));
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
