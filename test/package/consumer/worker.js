/** The worker of openInWorker, for bundlers that do not find it by themselves. */

import { serveSession } from 'plainbox-session/browser';

serveSession(self);
