/** Text in XML 1.0 (sections 2.2, 2.4 and 3.3.3). */

import { cutText } from './plain-text.js';

/** Everything that is not a `Char`: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const ILLEGAL = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Most lines of most logs. */
const HARMLESS = /^[\t\n\x20-\x25\x27-\x3b=\x3f-\x7e]*$/;
/** Readers on libxml2 refuse attributes of 10 million bytes. */
const ATTRIBUTE_CHARACTERS = 100_000;
const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  // Always, so that `]]>` never comes up.
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Character data; what XML cannot hold becomes U+FFFD. */
export function xmlText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text.replace(ILLEGAL, '\ufffd').replace(/[&<>\r]/g, (character) => REFERENCES[character]!);
}

/** An attribute with its value, line ends and tabs kept through normalisation; a blank in front. */
export function xmlAttribute(name: string, value: string | number): string {
  const text = cutText(String(value), ATTRIBUTE_CHARACTERS)
    .replace(ILLEGAL, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => REFERENCES[character]!);
  return ` ${name}="${text}"`;
}
