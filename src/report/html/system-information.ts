/** What the collectors found out about the machine, as tables. */

import { count } from '../../wording/figures.js';
import { type Collector, collectorsOf } from '../collectors.js';
import type { SessionReport } from '../model.js';
import { cutText } from '../plain-text.js';
import { leafText, leavesOf } from '../system-facts.js';
import { html, Markup } from './markup.js';

/** Facts that are shown of one collector, and characters of each. */
const FACTS = 500;
const FACT_CHARACTERS = 2_000;

export function* systemInformation({ session }: SessionReport): Generator<Markup, void, void> {
  const collectors = collectorsOf(session);
  if (collectors.length === 0) return;
  yield html`<section><h2 id="system">System information</h2>\n`;
  for (const collector of collectors) yield collectorMarkup(collector);
  yield new Markup('</section>\n');
}

function collectorMarkup({ name, success, toolVersion, outputs }: Collector): Markup {
  const rows: Markup[] = [];
  let left = 0;
  for (const leaf of leavesOf(outputs)) {
    if (rows.length === FACTS) {
      left++;
      continue;
    }
    const text = cutText(leafText(leaf), FACT_CHARACTERS, ' […cut]');
    rows.push(html`<tr><td class="key"><code>${leaf.place}</code></td><td>${text}</td></tr>\n`);
  }
  const version = cutText(toolVersion.string ?? '', FACT_CHARACTERS);
  const failed = success ? undefined : html` <span class="fail">failed</span>`;
  const note =
    left === 0
      ? undefined
      : html`<p class="cut">${count(left, 'more fact')} left out: the report in JSON has all of them.</p>\n`;
  return html`<details class="card"><summary>${name} <span class="soft">${version}</span>${failed}</summary>
<div class="scroll"><table>${rows}</table></div>${note}</details>\n`;
}
