/** Light, dark, or as the system has it. Kept for this visit only: the page stores nothing. */

export type Theme = 'system' | 'light' | 'dark';

const ORDER: readonly Theme[] = ['system', 'light', 'dark'];

export function currentTheme(): Theme {
  return ORDER.find((theme) => theme === document.documentElement.dataset.theme) ?? 'system';
}

export function nextTheme(): Theme {
  const next = ORDER[(ORDER.indexOf(currentTheme()) + 1) % ORDER.length]!;
  document.documentElement.dataset.theme = next;
  return next;
}
