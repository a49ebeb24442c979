/** Providers: who the units belong to, read from their own files as text (spec `units.md` 3.1). */

import { pyStrip } from '../python/text.js';
import { readSetupCall } from './setup-call.js';

/** What a provider says about itself. */
export interface ProviderFacts {
  /** For example `com.canonical.certification:checkbox`. */
  readonly name: string | null;
  /** Given, or the part of the name before the first colon; null when neither says. */
  readonly namespace: string | null;
  readonly version: string | null;
  readonly description: string | null;
  /** Translation domain. */
  readonly gettextDomain: string | null;
  /** Where the provider is; null: in the directory of the file that says so. */
  readonly location: string | null;
  /** Where its unit files are; null: in `units` below the location. */
  readonly unitsDirectory: string | null;
  /** Where its job files are; null: in `jobs` below the location. */
  readonly jobsDirectory: string | null;
}

const SECTION = 'PlainBox Provider';

/** The facts in a `.provider` file: an INI file with the section `PlainBox Provider`. */
export function readProviderFile(text: string): ProviderFacts {
  return factsFrom(readIniSection(text, SECTION));
}

/**
 * The facts in the `setup(...)` call of a provider's `manage.py`. The program is read as text and never run:
 * only arguments that are plain string literals count.
 */
export function readManagePy(text: string): ProviderFacts {
  return factsFrom(readSetupCall(text));
}

/** What is known of a provider that says nothing about itself. */
export function noFacts(): ProviderFacts {
  return factsFrom(new Map());
}

/** The part of a provider's name before the first colon. */
function namespaceOfName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(0, colon);
}

function factsFrom(values: ReadonlyMap<string, string>): ProviderFacts {
  const name = values.get('name') ?? null;
  return {
    name,
    namespace: values.get('namespace') ?? (name === null ? null : namespaceOfName(name)),
    version: values.get('version') ?? null,
    description: values.get('description') ?? null,
    gettextDomain: values.get('gettext_domain') ?? null,
    location: values.get('location') ?? null,
    unitsDirectory: values.get('units_dir') ?? null,
    jobsDirectory: values.get('jobs_dir') ?? null,
  };
}

/** The members of one section: `key = value` or `key: value`, indented lines go on; keys in lower case. */
function readIniSection(text: string, section: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let inside = false;
  let openKey: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const content = pyStrip(line);
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    if (openKey !== undefined && /^[ \t]/.test(line)) {
      values.set(openKey, `${values.get(openKey)}\n${content}`);
      continue;
    }
    openKey = undefined;
    if (content.startsWith('[') && content.endsWith(']')) {
      inside = content.slice(1, -1) === section;
      continue;
    }
    const separator = content.search(/[=:]/);
    if (!inside || separator === -1) continue;
    openKey = pyStrip(content.slice(0, separator)).toLowerCase();
    values.set(openKey, pyStrip(content.slice(separator + 1)));
  }
  return values;
}
