/** The module worker of {@link openInWorker}: a file to be started, not to be imported. */

import { serveSession } from './serve.js';

serveSession(self);
