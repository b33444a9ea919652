// Every page that anybody can come to, found by following every link as different people.
//
// A page is looked at when it is new: the first of its route, or with parts that no page of the
// route had before. Then it must be right HTML and have no fault that axe finds, in all three
// languages. Every link must lead somewhere, and every route that answers GET must have been come to.
import fs from 'node:fs';
import path from 'node:path';
import { axeOf, html } from './harness.mjs';

const languages = ['nb', 'nn', 'en'];
const each = 3; // pages of a route that one person opens

/** What the route table says can be opened. */
export function routes(dir = 'src/web') {
	return fs.readdirSync(dir).filter((f) => f.endsWith('.c')).flatMap((f) =>
		[...fs.readFileSync(path.join(dir, f), 'utf8').matchAll(/^ {4}(?:PAGE|OPEN)\(\s*"([^"]+)"/gm)].map((m) => m[1]));
}

/** The route of an address, as far as it can be told: ids and what is asked for left out. */
function kindOf(to) {
	const [where, query = ''] = to.split('?');
	const names = [...new Set(query.split('&').map((p) => p.split('=')[0]).filter(Boolean))].sort();
	return where.replace(/\/[0-9a-hjkmnp-tv-z]{16}(?=\/|$)/g, '/:') + (names.length ? `?${names.join('&')}` : '');
}

/** What a page is made of. */
function partsOf(source) {
	return new Set([...source.matchAll(/<([a-z0-9]+)([^>]*)>/g)].map(([, tag, rest]) =>
		`${tag} ${/class="([^"]*)"/.exec(rest)?.[1] ?? ''} ${/ name="([^"]*)"/.exec(rest)?.[1] ?? ''}`));
}

function linksOf(source, base) {
	return [...source.matchAll(/href="([^"#]+)/g)].map((m) => m[1].replaceAll('&amp;', '&'))
		.filter((to) => to.startsWith(base) && !to.includes('/static/')).map((to) => to.slice(base.length) || '/');
}

/** Whether anything in a page of this kind was never seen; it is from now on. */
export class Seen {
	kinds = new Map();

	isNew(to, source) {
		const kind = kindOf(to), before = this.kinds.get(kind) ?? new Set(), parts = partsOf(source);
		const fresh = !this.kinds.has(kind) || [...parts].some((p) => !before.has(p));
		this.kinds.set(kind, new Set([...before, ...parts]));
		return fresh;
	}
}

/** What is wrong with the HTML. */
export async function markupFaults(source, name) {
	const report = await html.validateString(source, name);
	return report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}

/** What axe finds on a page as it stands; colours only when asked, they are the slow part. */
export async function axeFaults(page, { colours = true } = {}) {
	const found = await axeOf(page, colours ? {} : { 'color-contrast': { enabled: false } });
	return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${v.help}`));
}

/** Looks at a page that a step of the thread stands on, when it is new: for demo's space.look. */
export function looker(note, seen, visited, hasScript) {
	return async (person, at, response) => {
		visited.add(kindOf(at));
		if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) return;
		const source = await response.text();
		if (!seen.isNew(at, source)) return;
		note(`${person.key || 'nobody'} on ${kindOf(at)}: HTML`, await markupFaults(source, at));
		if (hasScript) note(`${person.key || 'nobody'} on ${kindOf(at)}: axe`, await axeFaults(person.page));
	};
}

/** A page in all three languages. */
async function inAll(note, person, to, status = 200) {
	for (const lang of languages) {
		await person.page.setExtraHTTPHeaders({ 'Accept-Language': lang });
		const reply = await person.page.goto(person.space.base + to, { waitUntil: 'load' });
		const source = await reply.text(), who = person.key || 'nobody';
		note(`${who} ${to} ${lang}: HTML`, [
			...reply.status() === status ? [] : [`${reply.status()}`],
			...source.includes(`<html lang="${lang}"`) ? [] : [`it is not in ${lang}`],
			...await markupFaults(source, to)]);
		note(`${who} ${to} ${lang}: axe`, await axeFaults(person.page, { colours: lang === 'nb' }));
	}
	await person.page.setExtraHTTPHeaders({});
}

/** What is not there, or not for this person: pages too. */
export async function errors(note, person, all) {
	for (const [to, status] of all) await inAll(note, person, to, status);
}

/** All pages of a person. Returns the forms that were met, [{page, action}], and an address of
 *  each kind of page. */
export async function crawl(note, person, seen, visited, starts) {
	const base = `/${person.space.key}`, who = person.key || 'nobody';
	const queue = [...starts], known = new Map(queue.map((to) => [to, 'nowhere'])), counts = new Map(), forms = [], first = new Map();
	const [start] = starts;
	await person.open(start);
	while (queue.length) {
		const to = queue.shift(), kind = kindOf(to);
		const n = counts.get(kind) ?? 0;
		if (n >= each) continue;
		counts.set(kind, n + 1);
		const reply = await person.page.request.get(person.space.base + to, { headers: { 'Accept-Language': 'nb' } });
		visited.add(kind.split('?')[0]);
		if (!first.has(kind)) first.set(kind, to);
		note(`${who} ${to} is there`, reply.status() === 200 ? [] : [`${reply.status()}, linked from ${known.get(to)}`]);
		if (!(reply.headers()['content-type'] ?? '').startsWith('text/html')) continue;
		const source = await reply.text();
		for (const next of linksOf(source, base)) if (!known.has(next)) { known.set(next, to); queue.push(next); }
		for (const [, action] of source.matchAll(/(?:form)?action="([^"]+)"/g)) forms.push({ page: to, action: action.slice(base.length) });
		if (seen.isNew(to, source)) await inAll(note, person, to);
	}
	return { forms, first };
}

/** Sends each form that was met, once, with nothing in it: the page says what is wrong, in good HTML. */
export async function sendEmpty(note, person, forms, sent) {
	let wrong = 0;
	const who = person.key || 'nobody';
	for (const { page: at, action } of forms) {
		const kind = kindOf(action);
		if (sent.has(kind) || kind === '/logg-ut' || kind.startsWith('/meg/okter') || kind.startsWith('/sok') || kind.startsWith('/offentlig')) continue;
		const page = person.page;
		await page.setExtraHTTPHeaders({ 'Accept-Language': languages[sent.size % languages.length] });
		await person.open(at);
		const form = page.locator(`form[method=post][action$="${action}"], form:has([formaction$="${action}"])`).first();
		if (!await form.count()) continue;
		sent.add(kind);
		const [reply] = await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), form.evaluate((f, to) => {
			for (const e of f.elements)
				if (e.type === 'checkbox' || e.type === 'radio') e.checked = false;
				else if (e.tagName === 'SELECT') e.selectedIndex = -1;
				else if (e.type !== 'hidden' && e.tagName !== 'BUTTON') e.value = '';
			const button = [...f.querySelectorAll('[formaction]')].find((b) => b.getAttribute('formaction').endsWith(to));
			if (button) f.setAttribute('action', button.getAttribute('formaction'));
			HTMLFormElement.prototype.submit.call(f); // a button may be called submit
		}, action)]);
		note(`${who} sends ${kind} empty: an answer`, reply.status() < 500 ? [] : [`${reply.status()}`]);
		if (reply.status() < 400) continue;
		wrong++;
		const source = await reply.text();
		note(`${who} sends ${kind} empty: HTML`, await markupFaults(source, kind));
		note(`${who} sends ${kind} empty: axe`, await axeFaults(page));
		if (reply.status() === 422)
			note(`${who} sends ${kind} empty: says what is wrong`, await page.locator('#feil a').count() ? [] : ['no list of what is wrong']);
	}
	return wrong;
}

/** The routes that nobody came to. */
export function missed(visited, all = routes()) {
	return all.filter((r) => ![...visited].some((v) => {
		const a = r.split('/'), b = v.split('/');
		return a.length === b.length && a.every((part, i) => part === ':' || part === b[i]);
	}));
}
