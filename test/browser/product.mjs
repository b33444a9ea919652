// The product as people use it, in Chromium: the thread with and without JavaScript; every page
// that can be come to; forms sent empty; the keyboard; and that each of these checks can fail.
//
//	CLOCK_SO=clock.so node test/browser/product.mjs [thread|pages [SPACE]]
import { chromium } from 'playwright-core';
import { Demo } from './demo.mjs';
import { Seen, axeFaults, crawl, markupFaults, missed, sendEmpty } from './crawl.mjs';
import { checks } from './harness.mjs';
import * as keys from './keys.mjs';
import { thread } from './thread.mjs';

const [part, only] = process.argv.slice(2);
let passed = 0, failed = 0;

function note(what, wrong) {
	if (wrong.length === 0) { passed++; return; }
	failed++;
	console.log(`FAILED ${what}`);
	for (const line of wrong.slice(0, 12)) console.log(`\t${line}`);
}

/** A check of something made to be wrong: it must find it. */
function control(what, wrong) { note(`control: ${what}`, wrong.length ? [] : ['it found nothing']); }

async function withDemo(run) {
	const demo = await Demo.start();
	try {
		await run(demo);
	} catch (e) {
		note(run.name || 'a part', [e.stack]);
	} finally {
		demo.stop();
	}
}

const clock = (what, since) => console.log(`${what}: ${Math.round((Date.now() - since) / 1000)} s`);

const people = ['secretary.municipal', 'secretary.trust', 'town.1', 'trust', 'member.1', 'admin'];
const more = ['/bekreft', '/meg', '/meg/part', '/moter/krev', '/moter/ny', '/saker/ny', '/gjennomlesning/tall', '/drift', '/offentlig'];
const open = ['/offentlig', '/logg-inn', '/logg-inn/hjelp', '/hjelp', '/personvern', '/tilgjengelighet', '/offentlig/sok?q=samarbeid'];
const unlinked = ['/', '/lenke/:', '/logg-inn/kode']; // come to on the way in

async function pages(browser, demo, key) {
	const seen = new Seen(), visited = new Set(unlinked), sent = new Set(), space = demo.space(key);
	const nobody = await space.person(browser, '', {});
	await crawl(note, nobody, seen, visited, open);
	const forms = new Map();
	await Promise.all([people.slice(0, 3), people.slice(3)].map(async (some) => {
		for (const who of some) {
			const person = await space.person(browser, who, {});
			forms.set(person, await crawl(note, person, seen, visited, ['/min-dag', ...more.filter((to) => may(who, to)), '/sok?q=samarbeid']));
		}
	}));
	note(`${key}: every route was come to`, missed(visited).map((r) => `nobody came to ${r}`));
	control('a route that nobody came to is missed', missed(visited, ['/ingen/:/kommer/hit']));
	const town = await space.person(browser, 'town.2', {});
	await keyboard(await space.person(browser, 'secretary.municipal', {}));
	await controls(town);
	for (const [person, all] of forms) await sendEmpty(note, person, all, sent);
	note(`${key}: forms were sent empty`, sent.size > 20 ? [] : [`${sent.size}`]);
	await space.close();
}

/** Whether a page that nothing links to is for the person. */
function may(who, to) {
	if (to === '/drift') return who === 'admin';
	if (to === '/moter/ny') return who.startsWith('secretary');
	if (to === '/moter/krev') return who === 'town.1' || who === 'trust';
	return to !== '/saker/ny' || who === 'town.1';
}

async function keyboard(person) {
	for (const to of ['/min-dag', '/saker', '/gjennomlesning', '/moter', '/vedtak', '/sok?q=samarbeid', '/offentlig']) {
		await person.open(to);
		note(`${to}: the keyboard reaches everything`, await keys.walk(person.page));
		note(`${to}: the focus is seen`, await checks.keyboard(null, person.page));
	}
}

/** What the checks must find. */
async function controls(person) {
	const { page } = person;
	const source = await (await person.open('/min-dag')).text();
	control('HTML that is not right', await markupFaults(source.replace('</main>', '<div id="innhold"></span></main>'), 'x'));
	await page.evaluate(() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="data:,"><button></button>'); });
	control('what axe finds', await axeFaults(page));
	await page.evaluate(() => { document.querySelector('main').insertAdjacentHTML('beforeend', '<a href="#x" style="position:absolute" tabindex="0">x</a>'); });
	await person.open('/saker');
	await page.evaluate(() => { document.querySelector('.rt-skip').remove(); });
	await page.keyboard.press('Tab');
	control('a page without the way past the menu', await page.evaluate(() => document.activeElement.getAttribute('href') !== '#innhold') ? ['found'] : []);
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync', '--force-color-profile=srgb'],
});
const ways = { ostfold: {}, 'vestre-viken': { javaScriptEnabled: false } };
const spaces = Object.keys(ways).filter((key) => !only || key === only);
const start = Date.now();
if (part !== 'pages') {
	await Promise.all(spaces.map((key) => withDemo((demo) => thread(note, browser, demo.space(key), ways[key]))));
	clock('the thread', start);
}
const then = Date.now();
if (part !== 'thread') {
	await Promise.all(spaces.map((key) => withDemo((demo) => pages(browser, demo, key))));
	clock('the pages', then);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
