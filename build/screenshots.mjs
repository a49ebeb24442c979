// Takes pictures of the inspector with the sample session: build/out/screenshots/*.png.
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packTar } from 'modern-tar';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = process.argv[2] ?? join(root, 'dist/inspector.html');
const target = join(root, 'build/out/screenshots');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

const VIEWS = {
  summary: '',
  jobs: '#view=jobs&group=prefix',
  job: '#job=com.example.laptop%3A%3Amemory%2Fbandwidth',
  timeline: '#view=timeline',
  environment: '#view=environment',
  document: '#view=document',
  sizes: '#view=sizes',
  problems: '#view=problems',
  resume: '#view=resume',
  compare: '#view=compare',
};

/** The sample with its logs, as one archive. */
async function archive() {
  const directory = join(root, 'examples/laptop-quick.session');
  const names = readdirSync(directory, { recursive: true }).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );
  const entries = names.map((name) => {
    const body = readFileSync(join(directory, name));
    return { header: { name: `laptop-quick.session/${name}`, size: body.length, type: 'file' }, body };
  });
  return {
    name: 'laptop-quick.tar',
    mimeType: 'application/x-tar',
    buffer: Buffer.from(await packTar(entries)),
  };
}

const units = ['laptop.pxu', 'plan.pxu'].map((name) => join(root, 'examples/units', name));
mkdirSync(target, { recursive: true });
const sample = await archive();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const colorScheme of ['light', 'dark']) {
  for (const width of [1280, 400]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 860 } });
    const tab = await context.newPage();
    const shoot = (name) =>
      tab.screenshot({ path: join(target, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await tab.goto(pathToFileURL(page).href);
    await shoot('landing');
    await tab.locator('main input[type=file]').first().setInputFiles(sample);
    await tab.locator('.verdict').waitFor();
    for (const [name, hash] of Object.entries(VIEWS)) {
      await tab.evaluate((place) => {
        location.hash = place;
      }, hash);
      if (name === 'resume') {
        await tab.locator('.drop-zone input').first().setInputFiles(units);
        await tab.locator('.run-list').waitFor();
      }
      if (name === 'compare') {
        await tab.locator('.drop-zone input').setInputFiles(sample);
        await tab.getByText('Other outcomes').waitFor();
      }
      await tab.waitForTimeout(150);
      await shoot(name);
    }
    await context.close();
  }
}
await browser.close();
console.log(`pictures in ${target}`);
