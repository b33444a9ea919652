// With the keyboard alone: past the menu, to every control, and an answer given.
import { focusFaults } from './harness.mjs';

/** Tab until the page is left: marks what it stops at; what is wrong with how the stops are seen. */
async function tabThrough(page) {
	const wrong = [];
	let n = 0;
	await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
	for (let i = 0; i < 500; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate(focusFaults);
		const fresh = at && await page.evaluate((no) => {
			const e = document.activeElement;
			if (e.dataset.stopNo) return false;
			e.dataset.stopNo = no;
			return true;
		}, ++n);
		if (!fresh) break;
		wrong.push(...at.faults);
	}
	return n > 1 ? wrong : ['nothing to stop at'];
}

/** The controls that are seen and that Tab did not stop at. */
function unreached() {
	const groups = new Set([...document.querySelectorAll('input[type=radio][data-stop-no]')].map((e) => e.form?.action + e.name));
	return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
		.filter((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0 && !e.dataset.stopNo
			&& !(e.type === 'radio' && groups.has(e.form?.action + e.name)))
		.map((e) => `${e.tagName.toLowerCase()} "${(e.textContent || e.name || '').trim().slice(0, 40)}"`);
}

/** The first stop is the way past the menu, and it leads to the content; Tab reaches every control. */
export async function walk(page) {
	const wrong = [];
	const first = await page.evaluate(() => { document.activeElement?.blur(); return document.querySelector('[autofocus]') === null; });
	if (first) {
		await page.keyboard.press('Tab');
		const skip = await page.evaluate(() => document.activeElement.getAttribute('href'));
		if (skip !== '#innhold') return [`the first stop is ${skip}, not the way past the menu`];
		await page.keyboard.press('Enter');
		if (!await page.evaluate(() => document.activeElement.id === 'innhold')) wrong.push('the way past the menu does not lead to the content');
	}
	await page.reload({ waitUntil: 'load' });
	return [...wrong, ...await tabThrough(page), ...(await page.evaluate(unreached)).map((e) => `Tab does not reach ${e}`)];
}

/** Tab, until what has the focus fits; false when the page is left first. */
export async function tabTo(page, selector) {
	for (let i = 0; i < 300; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate((s) => document.activeElement?.matches(s), selector);
		if (at) return true;
	}
	return false;
}

async function enter(page, key = 'Enter') {
	await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press(key)]);
}

/** An answer in a round from "Min dag", the hands never on the mouse. */
export async function answer(note, person) {
	const { page } = person;
	await person.open('/min-dag');
	const found = await tabTo(page, 'main a[href$="/svar"]');
	if (found) {
		await enter(page);
		const chose = await tabTo(page, 'input[name=answer]');
		await page.keyboard.press('Space');
		const at = await tabTo(page, 'form:has(input[name=answer][type=radio]) button[type=submit]');
		if (chose && at) await enter(page);
	}
	const faults = await page.locator('#feil').count();
	note(`${person.key} answers a round with the keyboard alone`, found && !faults && await person.says('Støtter')
		? [] : [`${found ? '' : 'no task; '}${person.at()}`]);
}
