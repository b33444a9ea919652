// The product as people use it, in Chromium: the thread with and without JavaScript; every page
// that can be come to; forms sent empty; the keyboard; and that each of these checks can fail.
//
//	CLOCK_SO=clock.so node test/browser/product.mjs [thread|pages [SPACE]]
import { chromium } from 'playwright-core';
import { Demo } from './demo.mjs';
import { Seen, axeFaults, crawl, errors, looker, markupFaults, missed, sendEmpty } from './crawl.mjs';
import * as keys from './keys.mjs';
import { openapiFaults } from './openapi.mjs';
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
const walked = ['/min-dag', '/saker', '/saker/:', '/saker/:/vurdering', '/saker/:/rediger/forslag', '/gjennomlesning/:', '/gjennomlesning/:/part/:',
	'/moter', '/moter/:', '/moter/:/saksliste', '/moter/:/ledelse', '/moter/:/formote', '/moter/:/protokoll', '/vedtak/:', '/sok?q'];
const seen = new Seen(), visited = new Set(unlinked);

async function pages(browser, demo, key, isFirst) {
	const sent = new Set(), space = demo.space(key);
	const nobody = await space.person(browser, '', {});
	const met = new Map([[nobody, await crawl(note, nobody, seen, visited, open)]]);
	await Promise.all([people.slice(0, 3), people.slice(3)].map(async (some) => {
		for (const who of some) {
			const person = await space.person(browser, who, {});
			met.set(person, await crawl(note, person, seen, visited, ['/min-dag', ...more.filter((to) => may(who, to)), '/sok?q=samarbeid']));
		}
	}));
	if (isFirst) {
		const secretary = await space.person(browser, 'secretary.municipal', {});
		await errors(note, nobody, [['/finnes-ikke', 404]]);
		await errors(note, await space.person(browser, 'town.1', {}), [['/saker/0000000000000000', 404], ['/drift/ny', 403]]);
		await api(demo, key);
		await keyboard(nobody, ['/logg-inn', '/offentlig']);
		await keyboard(secretary, [...met.get(secretary).first].filter(([kind]) => walked.includes(kind)).map(([, to]) => to));
		await controls(await space.person(browser, 'town.2', {}));
		for (const [person, { forms }] of met) await sendEmpty(note, person, forms, sent);
		note('forms were sent empty', sent.size > 40 ? [] : [`only ${sent.size}`]);
	}
	await space.close();
}

async function api(demo, key) {
	const document = await (await fetch(`${demo.url}/${key}/api/openapi.json`)).json();
	note('openapi.json is OpenAPI 3.1', document.openapi?.startsWith('3.1.') ? await openapiFaults(document) : [String(document.openapi)]);
	for (const spoil of [(d) => delete d.info.version, (d) => delete d.components, (d) => { d.paths['/a/{b}'] = { get: { responses: {} } }; }]) {
		const spoilt = structuredClone(document);
		spoil(spoilt);
		control(`an OpenAPI document that is not right: ${spoil}`, await openapiFaults(spoilt));
	}
}

/** Whether a page that nothing links to is for the person. */
function may(who, to) {
	if (to === '/drift') return who === 'admin';
	if (to === '/moter/ny') return who.startsWith('secretary');
	if (to === '/moter/krev') return who === 'town.1' || who === 'trust';
	return to !== '/saker/ny' || who === 'town.1';
}

async function keyboard(person, all) {
	for (const to of all) {
		await person.open(to);
		note(`${to}: the keyboard reaches everything, and it is seen where one is`, await keys.walk(person.page));
	}
}

/** What the checks must find. */
async function controls(person) {
	const { page } = person;
	const put = (text) => page.evaluate((t) => document.querySelector('main').insertAdjacentHTML('beforeend', t), text);
	const source = await (await person.open('/min-dag')).text();
	control('HTML that is not right', await markupFaults(source.replace('</main>', '<div id="innhold"></span></main>'), 'x'));
	await put('<img src="data:,"><button></button>');
	control('what axe finds', await axeFaults(page));
	control('a route that nobody came to', missed(visited, ['/ingen/:/kommer/hit']));
	const spoilt = async (what, spoil) => {
		await page.route('**/saker', async (route) => {
			const reply = await route.fetch();
			await route.fulfill({ response: reply, body: (await reply.text()).replace(...spoil) });
		});
		await person.open('/saker');
		control(what, await keys.walk(page));
		await page.unroute('**/saker');
	};
	await spoilt('no way past the menu', [/<a class="ds-skip-link[^]*?<\/a>/, '']);
	await spoilt('a control that Tab goes past', ['</main>', '<div inert><button>Ikke hit</button></div></main>']);
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
	const looked = new Seen(); // not those of the crawl, which looks in three languages
	await Promise.all(spaces.map((key) => withDemo((demo) => {
		const space = demo.space(key);
		space.look = looker(note, looked, visited, ways[key].javaScriptEnabled !== false);
		return thread(note, browser, space, ways[key]);
	})));
	clock('the thread', start);
}
const then = Date.now();
if (part !== 'thread') {
	await Promise.all(spaces.map((key, i) => withDemo((demo) => pages(browser, demo, key, i === 0))));
	clock('the pages', then);
}
if (!part) note('every route was come to', missed(visited).map((r) => `nobody came to ${r}`));
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
