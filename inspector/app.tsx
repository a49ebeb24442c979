/** The page: nothing, a session on its way in, or one that is open. */

import type { Progress } from 'plainbox-session';
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { formatBytes } from '../src/wording/figures.js';
import { CompareView } from './components/compare-view.js';
import { DocumentView } from './components/document-view.js';
import { EnvironmentView } from './components/environment-view.js';
import { ErrorPanel } from './components/error-panel.js';
import { HelpDialog } from './components/help-dialog.js';
import { JobsView } from './components/jobs-view.js';
import { Landing, OpenButtons } from './components/landing.js';
import { ProblemsView } from './components/problems-view.js';
import { ResumeView } from './components/resume-view.js';
import { SizesView } from './components/sizes-view.js';
import { SummaryView } from './components/summary-view.js';
import { Tabs } from './components/tabs.js';
import { TimelineView } from './components/timeline-view.js';
import { TopBar } from './components/top-bar.js';
import { Verdict } from './components/verdict.js';
import { usePageKeys } from './state/page-keys.js';
import { useRoute, type View } from './state/route.js';
import { type OpenSession, useSessionState } from './state/session.js';
import { openDrop, openPaste } from './state/sources.js';
import { visible } from './text/visible.js';

export function App() {
  const state = useSessionState();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  usePageKeys(openHelp);
  usePageDrops();
  return (
    <>
      <TopBar session={state.phase === 'open' ? state.session : undefined} onHelp={openHelp} />
      <main>
        {state.phase === 'empty' && <Landing />}
        {state.phase === 'opening' && <Opening name={state.name} progress={state.progress} />}
        {state.phase === 'failed' && (
          <>
            <h1 class="for-readers">A session that cannot be opened</h1>
            <ErrorPanel name={state.name} error={state.error} hint={state.hint} />
            <OpenButtons />
          </>
        )}
        {state.phase === 'open' && <SessionPage session={state.session} />}
      </main>
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </>
  );
}

function Opening({ name, progress }: { readonly name: string; readonly progress: Progress | undefined }) {
  return (
    <section class="panel" aria-live="polite">
      <h1>Opening “{visible(name)}”</h1>
      <progress
        aria-label="How far the session is read"
        max={progress?.total ?? 1}
        {...(progress?.total === undefined ? {} : { value: progress.loaded })}
      />
      <p class="quiet">
        {progress === undefined ? '' : `${progress.stage}: ${formatBytes(progress.loaded)}`}
      </p>
    </section>
  );
}

const VIEWS: Readonly<Record<View, (props: { readonly session: OpenSession }) => preact.JSX.Element>> = {
  summary: SummaryView,
  jobs: JobsView,
  timeline: TimelineView,
  environment: EnvironmentView,
  document: DocumentView,
  sizes: SizesView,
  problems: ProblemsView,
  resume: ResumeView,
  compare: CompareView,
};

function SessionPage({ session }: { readonly session: OpenSession }) {
  const { view } = useRoute();
  const CurrentView = VIEWS[view];
  useEffect(() => {
    document.title = `${session.overview.title ?? session.name} – Checkbox session inspector`;
  }, [session]);
  return (
    <>
      {view === 'summary' ? (
        <Verdict session={session} />
      ) : (
        <h1 class="page-title">{visible(session.overview.title ?? 'Session without title')}</h1>
      )}
      <Tabs session={session} />
      <CurrentView session={session} />
    </>
  );
}

/** Drops and pastes anywhere on the page. */
function usePageDrops(): void {
  // Not after the first paint: what comes before it counts, too.
  useLayoutEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer !== null) openDrop(event.dataTransfer.items);
    };
    const paste = (event: ClipboardEvent) => {
      if (event.clipboardData !== null && openPaste(event.clipboardData)) event.preventDefault();
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, []);
}
