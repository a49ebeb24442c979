/** The outcome of a job: its sign in its colour, and its name. */

import { outcomeInfo } from 'plainbox-session';

interface OutcomeProps {
  readonly outcome: string | null;
  readonly isRunning?: boolean;
}

/** What the style sheet colours by. */
export function outcomeKind({ outcome, isRunning = false }: OutcomeProps): string {
  if (isRunning) return 'running';
  if (outcome === null) return 'none';
  return outcome.startsWith('skip') || outcome === 'not-supported' ? 'skip' : outcome;
}

export function outcomeLabel({ outcome, isRunning = false }: OutcomeProps): string {
  if (isRunning) return 'running';
  return outcomeInfo(outcome)?.label ?? outcome ?? 'not started';
}

export function OutcomeSign({ outcome, isRunning = false }: OutcomeProps) {
  const sign = isRunning ? '▶' : (outcomeInfo(outcome)?.sigil.trim() ?? '') || '·';
  return (
    <span class="sign" data-outcome={outcomeKind({ outcome, isRunning })} aria-hidden="true">
      {sign}
    </span>
  );
}

export function Outcome(props: OutcomeProps) {
  return (
    <span class="outcome" data-outcome={outcomeKind(props)}>
      <OutcomeSign {...props} /> {outcomeLabel(props)}
    </span>
  );
}
