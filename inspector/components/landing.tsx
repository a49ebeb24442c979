/** Where everything begins: ways to give a session. */

import { canPickDirectory, openChosen, pickDirectory } from '../state/sources.js';

export function Landing() {
  return (
    <section class="landing" aria-labelledby="landing-title">
      <h1 id="landing-title">What happened in this test session?</h1>
      <p class="lead">
        Drop a Checkbox session anywhere on this page: the file <code>session</code>, its directory{' '}
        <code>NAME.session</code>, or a <code>.tar</code>, <code>.tar.gz</code>, <code>.tar.xz</code> or{' '}
        <code>.zip</code> of it.
      </p>
      <OpenButtons />
      <p class="hint">
        Or paste it: a copied file, or the file in base64. Sessions are kept in{' '}
        <code>/var/tmp/checkbox-ng/sessions</code> on the machine under test.
      </p>
      <p class="privacy">
        <strong>Nothing leaves this page.</strong> It works without a network, has no access to one, and
        stores nothing.
      </p>
    </section>
  );
}

export function OpenButtons() {
  return (
    <div class="open-buttons">
      <FileButton label="Open a file…" isPrimary />
      {canPickDirectory ? (
        <button type="button" onClick={() => void pickDirectory()}>
          Open a directory…
        </button>
      ) : (
        <FileButton label="Open a directory…" ofDirectory />
      )}
    </div>
  );
}

interface FileButtonProps {
  readonly label: string;
  readonly isPrimary?: boolean;
  readonly ofDirectory?: boolean;
}

function FileButton({ label, isPrimary = false, ofDirectory = false }: FileButtonProps) {
  return (
    <label class={isPrimary ? 'button primary' : 'button'}>
      {label}
      <input
        class="hidden-input"
        type="file"
        {...(ofDirectory ? { webkitdirectory: true } : {})}
        onChange={({ currentTarget }) => {
          if (currentTarget.files !== null) openChosen(currentTarget.files);
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
