/** A real browser for tests of the pages. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether the pages cannot be tried here; for `describe.skipIf`. */
export const noChromium = !existsSync(CHROMIUM);
if (noChromium) console.warn(`${CHROMIUM} is not there: the pages are NOT tested in a browser`);

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });

/** A browser of one person. What the pages' policy refuses is told on its console. */
export async function openContext(browser: Browser): Promise<BrowserContext> {
  const opened = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  // What a policy refuses on the way, a console may tell only once.
  await opened.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    console.error('refused by policy: ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample))`);
  return opened;
}

/** Notes down what the browser complains of; a page that is refused by its own policy says so there. */
export function watchPage(watched: Page, complaints: string[]): Page {
  watched.on('pageerror', (error) => complaints.push(error.message));
  watched.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) complaints.push(text);
  });
  // Once somebody listens, choosing a file opens no dialog of the system.
  watched.on('filechooser', () => {});
  watched.setDefaultTimeout(30_000);
  return watched;
}

/** Violations of accessibility in the page as it is, each with its places. */
export async function violations(at: Page): Promise<string[]> {
  // Evaluated through the debugger, which the page's policy does not bind.
  await at.evaluate(axe.source);
  return at.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`);
}
