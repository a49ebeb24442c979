/** The worker of openInWorker, for bundlers that do not find it by themselves. */

import 'plainbox-session/browser/worker';
