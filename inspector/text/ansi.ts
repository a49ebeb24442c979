/** Terminal colours as classes and checked colours: nothing of a session becomes style or markup unchecked. */

import Anser from 'anser';
import { visible } from './visible.js';

export interface StyledText {
  readonly text: string;
  readonly className: string;
  readonly style: { readonly color?: string; readonly backgroundColor?: string };
}

/** Strings such as titles and links, colours in the form with colons, and what is left of cut sequences. */
const STRINGS =
  /\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b\[[0-9;]*:[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-Z\\^-~]/g;
const COLOUR = /^[0-9]{1,3}, ?[0-9]{1,3}, ?[0-9]{1,3}$/;

export function styledTexts(line: string): readonly StyledText[] {
  if (!line.includes('\x1b')) return [{ text: visible(line), className: '', style: {} }];
  const entries = Anser.ansiToJson(line.replace(STRINGS, ''), {
    json: true,
    use_classes: true,
    remove_empty: true,
  });
  return entries.map(({ content, fg, bg, fg_truecolor, bg_truecolor, decorations }) => ({
    text: visible(content),
    className: [
      ...decorations.map((name) => `ansi-${name}`),
      ...(/^ansi-(?:bright-)?[a-z]+$/.test(fg ?? '') ? [`${fg}-fg`] : []),
      ...(/^ansi-(?:bright-)?[a-z]+$/.test(bg ?? '') ? [`${bg}-bg`] : []),
    ].join(' '),
    style: {
      ...(COLOUR.test(fg_truecolor ?? '') ? { color: `rgb(${fg_truecolor})` } : paletteColour('color', fg)),
      ...(COLOUR.test(bg_truecolor ?? '')
        ? { backgroundColor: `rgb(${bg_truecolor})` }
        : paletteColour('backgroundColor', bg)),
    },
  }));
}

/** The colours 16 to 255 of terminals: a cube and a row of greys. */
function paletteColour<K extends string>(property: K, name: string | null): { [P in K]?: string } {
  const match = /^ansi-palette-([0-9]{1,3})$/.exec(name ?? '');
  if (match === null) return {};
  const index = Number(match[1]);
  if (index < 16 || index > 255) return {};
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  const grey = 8 + (index - 232) * 10;
  const parts =
    index >= 232
      ? [grey, grey, grey]
      : [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)];
  return { [property]: `rgb(${parts.join(', ')})` } as { [P in K]?: string };
}
