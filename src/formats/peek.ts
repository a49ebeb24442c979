/** Peeking: the metadata of a session and nothing else of it (spec `resume.md` 4). */

import type { JsonDocument, JsonValue } from '../document/json-value.js';
import { openDocument, openDocumentSync, type ReadingPlan } from '../envelope.js';
import type { CommonOptions, Input } from '../input.js';
import type { SessionMetaData } from '../session/metadata.js';
import { peekMetadata } from './metadata.js';
import { throwFault } from './validate.js';
import { readVersion } from './versions.js';

/** Of the members of `session` only the metadata is read, and that is small. */
const METADATA_ONLY: ReadingPlan = { dropDepth: 2, decodeLogs: false };

/**
 * The metadata of a session. The whole document is checked as gzip, UTF-8 and JSON; of its content only the
 * metadata is looked at, so a session with damaged results can still be peeked at.
 *
 * @throws CorruptedSessionError, IncompatibleSessionError as the reference does
 */
export async function peek(input: Input, options: CommonOptions = {}): Promise<SessionMetaData> {
  return peekAndDispose(await openDocument(input, options, METADATA_ONLY));
}

/** The synchronous twin of {@link peek}, for bytes in memory. */
export function peekSync(input: Uint8Array | ArrayBuffer, options: CommonOptions = {}): SessionMetaData {
  return peekAndDispose(openDocumentSync(input, options, METADATA_ONLY));
}

function peekAndDispose(document: JsonDocument): SessionMetaData {
  try {
    return peekDocument(document.root);
  } finally {
    document.dispose();
  }
}

/** Peeks at a document that is decoded already. */
function peekDocument(root: JsonValue): SessionMetaData {
  const { format, session } = readVersion(root);
  return peekMetadata(session, format, throwFault);
}
