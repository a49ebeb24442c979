/** A session that the address of the page names: `?url=…`. The only thing that is ever fetched. */

import { openSource } from './session.js';

export function openNamedUrl({ search, href }: Location): void {
  const wanted = new URLSearchParams(search).get('url');
  if (wanted === null) return;
  const url = new URL(wanted, href);
  void openSource(url.pathname.split('/').at(-1) || url.host, fetchSession(url));
}

async function fetchSession(url: URL): Promise<Blob> {
  const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`${url.href} answers ${response.status} ${response.statusText}`);
  return response.blob();
}
