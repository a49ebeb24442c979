/**
 * plainbox-session/browser/worker: the module worker of `openInWorker`. It is to be started; where a bundler does not
 * find it, a worker file of the application imports it and nothing else.
 *
 * @packageDocumentation
 */

import { serveSession } from './serve.js';

serveSession(self);
