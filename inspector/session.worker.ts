/** The worker that holds a session; built into the page as text. */

import { serveSession } from 'plainbox-session/browser';

serveSession(self);
