/** Vite plugin: puts script and style into the page, which then allows exactly these and nothing else. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * What the page may do: run its own script, WebAssembly and a worker made of its own text. The network is taken
 * away by the first script, which knows whether the address names a session.
 */
function policyFor(scripts, styles) {
  const hashes = (texts) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes(scripts).join(' ')} 'wasm-unsafe-eval'`,
    `style-src ${hashes(styles).join(' ')}`,
    'worker-src blob:',
    'img-src data:',
    'connect-src http: https:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function inlinePage({ firstScript }) {
  return {
    name: 'inline-page',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const page = files.find(({ fileName }) => fileName.endsWith('.html'));
      // A worker file is left over: the page starts its worker from text.
      const main = files.find((file) => file.type === 'chunk' && file.isEntry);
      const style = files.find(({ fileName }) => fileName.endsWith('.css'));
      const first = readFileSync(firstScript, 'utf8');
      const script = main.code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
      const policy = policyFor([first, script], [style.source]);
      page.source = page.source
        .replace(/\s*<(?:script|link)[^>]*(?:src|href)="\.\/[^>]*>(?:<\/script>)?/g, '')
        .replace(
          '<meta charset="utf-8">',
          (charset) =>
            `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}">` +
            `\n    <script>${first}</script>`,
        )
        .replace(
          '</head>',
          (end) => `<style>${style.source}</style>\n  <script type="module">${script}</script>\n  ${end}`,
        );
      page.fileName = 'inspector.html';
      for (const name of Object.keys(bundle)) if (bundle[name] !== page) delete bundle[name];
    },
  };
}
