/** Whether the page is on its way to paper, where nobody scrolls. */

import { Store, useStore } from './store.js';

const printing = new Store({ isPrinting: false });
addEventListener('beforeprint', () => printing.set({ isPrinting: true }));
addEventListener('afterprint', () => printing.set({ isPrinting: false }));

export const usePrinting = (): boolean => useStore(printing).isPrinting;
