/** The inspector of dormant Checkbox sessions: one page, nothing leaves it. */

import { render } from 'preact';
import { App } from './app.js';
import { acceptMessages } from './state/messages.js';
import { openNamedUrl } from './state/named-url.js';
import './styles/tokens.css';
import './styles/page.css';
import './styles/controls.css';
import './styles/jobs.css';
import './styles/log.css';
import './styles/views.css';
import './styles/print.css';

render(<App />, document.getElementById('inspector')!);
acceptMessages(window);
openNamedUrl(location);
