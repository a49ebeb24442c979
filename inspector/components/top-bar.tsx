/** The bar on top: which session is open, another one, the theme. */

import { useState } from 'preact/hooks';
import { resetRoute } from '../state/route.js';
import { closeSession, type OpenSession } from '../state/session.js';
import { currentTheme, nextTheme } from '../state/theme.js';
import { visible } from '../text/visible.js';

interface TopBarProps {
  readonly session: OpenSession | undefined;
  readonly onHelp: () => void;
}

export function TopBar({ session, onHelp }: TopBarProps) {
  const [theme, setTheme] = useState(currentTheme());
  const close = () => {
    closeSession();
    resetRoute();
  };
  return (
    <header class="top-bar">
      <span class="brand">Checkbox session inspector</span>
      {session !== undefined && <span class="file-name">{visible(session.name)}</span>}
      <span class="spacer" />
      {session !== undefined && (
        <button type="button" onClick={close}>
          Close
        </button>
      )}
      <button type="button" onClick={onHelp} aria-label="Help" title="Help (?)">
        ?
      </button>
      <button
        type="button"
        onClick={() => setTheme(nextTheme())}
        title="Light, dark, or as the system has it"
      >
        Theme: {theme}
      </button>
    </header>
  );
}
