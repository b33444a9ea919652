// The parts, frames and standing pages that `gallery` wrote, in Chromium.
//
//	node test/browser/run.mjs FOLDER [PAGE...]
import fs from 'node:fs';
import path from 'node:path';
import { Harness, checks, phone } from './harness.mjs';

const [dir, ...chosen] = process.argv.slice(2);
const controls = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'controls');
const pages = chosen.length ? chosen : fs.readdirSync(dir).filter((f) => f.endsWith('.html'));

/** On a phone the menu opens over the page, goes by Escape, and the button has the focus again. */
async function menu(page) {
	const links = page.getByRole('navigation', { name: 'Hovedmeny' }).getByRole('link', { name: 'Saker' });
	await page.setViewportSize(phone);
	await page.goto(`${h.url}/komponenter`);
	h.note('menu: closed at first', (await links.isVisible()) ? ['it is open'] : []);
	await page.getByRole('button', { name: 'Meny' }).click();
	h.note('menu: opens', (await links.isVisible()) ? [] : ['it is not seen']);
	await page.screenshot({ path: path.join(h.shots, 'meny.390.png') });
	await page.keyboard.press('Escape');
	h.note('menu: Escape closes it', (await links.isVisible()) ? ['it is open'] : []);
	const focus = await page.evaluate(() => document.activeElement.textContent.trim());
	h.note('menu: the focus is back', focus === 'Meny' ? [] : [`it is on "${focus}"`]);
	await page.close();
}

/** Without script the menu opens and every form has an address and a button. */
async function withoutScript() {
	const page = await h.tab({ javaScriptEnabled: false });
	await page.setViewportSize(phone);
	await page.goto(`${h.url}/komponenter`);
	await page.getByRole('button', { name: 'Meny' }).click();
	const seen = await page.getByRole('link', { name: 'Møter', exact: true }).isVisible();
	h.note('no script: the menu opens', seen ? [] : ['it is not seen']);
	const forms = await page.locator('form').count();
	const whole = await page.locator('form[action][method]:has([type="submit"])').count();
	h.note('no script: every form can be sent', forms === whole ? [] : [`${whole} of ${forms}`]);
	await page.context().close();
}

fs.cpSync(controls, path.join(dir, 'controls'), { recursive: true });
const h = await Harness.start({ dir });
for (const page of pages) await h.page(`/${page.replace('.html', '')}`);
if (!chosen.length) {
	for (const check of Object.keys(checks)) await h.control(`/controls/${check}.html`, check);
	await menu(await h.tab());
	await withoutScript();
}
await h.stop();
