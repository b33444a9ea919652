// A demo of the product on a port, a folder and a clock of its own, and the people in it.
//
//	const demo = await Demo.start();
//	const space = demo.space('ostfold');
//	const town = await space.person(browser, 'town.1', { javaScriptEnabled: false });
//	await town.open('/min-dag');			// logs in when asked
//	await town.send('/saker/ny', { title: '...' });	// fills in the form that is sent there
//	demo.wait(3 * day);
//
// Keys of people: admin, secretary.municipal, secretary.trust, town.1-3, trust, member.1-.
import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const day = 24 * 3600;
const step = 30; // seconds that a code is good for, once

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that the phone shows at a time (RFC 6238). */
export function totp(secret, at) {
	const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / step)));
	const mac = createHmac('sha1', key).update(counter).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

async function freePort() {
	const server = net.createServer();
	await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
	const { port } = server.address();
	await new Promise((done) => { server.close(done); });
	return port;
}

// The day is always the same, so that no test falls on a holiday by chance.
const begins = Date.parse('2026-11-25T08:00:00Z') / 1000;

export class Demo {
	ahead = Math.round(begins - Date.now() / 1000);

	static async start({ program = process.env.RODTRAD ?? './rodtrad', clock = process.env.CLOCK_SO } = {}) {
		const d = new Demo();
		d.dir = fs.mkdtempSync(path.join(os.tmpdir(), 'rodtrad-browser-'));
		d.clock = path.join(d.dir, 'ahead');
		d.wait(0);
		const port = await freePort();
		d.url = `http://127.0.0.1:${port}`;
		d.child = spawn(program, ['demo', '--data', path.join(d.dir, 'data'), '--listen', `127.0.0.1:${port}`], {
			stdio: ['ignore', fs.openSync(path.join(d.dir, 'out'), 'w'), fs.openSync(path.join(d.dir, 'log'), 'w')],
			env: { ...process.env, LD_PRELOAD: path.resolve(clock), CLOCK_FILE: d.clock },
		});
		d.child.on('exit', (code, signal) => { d.ended = code ?? signal; });
		await d.answering();
		return d;
	}

	log() { return fs.readFileSync(path.join(this.dir, 'log'), 'utf8'); }

	async answering() {
		for (const until = Date.now() + 60000; Date.now() < until;) {
			if (this.ended !== undefined) throw new Error(`the demo ended with ${this.ended}: ${this.log()}`);
			try {
				await fetch(this.url, { redirect: 'manual' });
				return;
			} catch {
				await new Promise((again) => { setTimeout(again, 50); });
			}
		}
		throw new Error(`no answer from ${this.url}`);
	}

	/** Seconds go by for the server. */
	wait(seconds) {
		const b = Buffer.alloc(8);
		this.ahead += seconds;
		b.writeBigInt64LE(BigInt(this.ahead));
		const fd = fs.openSync(this.clock, fs.existsSync(this.clock) ? 'r+' : 'w');
		fs.writeSync(fd, b, 0, 8, 0);
		fs.closeSync(fd);
	}

	now() { return Date.now() / 1000 + this.ahead; }

	/** The day so many days from now, as a date field takes it. */
	date(days) { return new Date((this.now() + days * day) * 1000).toISOString().slice(0, 10); }

	space(key) { return new Space(this, key); }

	stop() {
		this.child.kill();
		fs.rmSync(this.dir, { recursive: true, force: true });
	}
}

class Space {
	people = new Map();

	constructor(demo, key) {
		this.demo = demo;
		this.key = key;
		this.base = `${demo.url}/${key}`;
		const rows = fs.readFileSync(path.join(demo.dir, 'data/demo-accounts.tsv'), 'utf8').split('\n')
			.map((line) => line.split('\t')).filter((row) => row[0] === key)
			.map(([, email, password, secret, name, title]) => ({ email, password, secret, name, title }));
		this.accounts = {};
		const [admin, ...rest] = rows; // the administrator, of the trust, is first
		const host = (account) => account.email.split('@')[1];
		const counts = {};
		this.accounts.admin = admin;
		for (const a of rest) {
			const numbered = a.title.startsWith('Samhandlingskontakt,') ? 'town'
				: a.title.startsWith('Samhandlingsrådgiver,') ? 'trust'
					: a === rest[0] || a === rest[1] ? null : 'member';
			if (!numbered) this.accounts[`secretary.${host(a) === host(admin) ? 'trust' : 'municipal'}`] = a;
			else if (numbered === 'trust') this.accounts.trust = a;
			else this.accounts[`${numbered}.${counts[numbered] = (counts[numbered] ?? 0) + 1}`] = a;
		}
	}

	/** The person in a browser of their own, which stays open between calls. */
	async person(browser, key, options = {}) {
		if (!this.people.has(key)) {
			const context = await browser.newContext({ extraHTTPHeaders: { 'Accept-Language': 'nb' }, timezoneId: 'Europe/Oslo', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
			this.people.set(key, new Person(this, key, context, await context.newPage()));
		}
		return this.people.get(key);
	}

	async close() {
		for (const p of this.people.values()) await p.context.close();
	}
}

export class Refused extends Error {}

/** What a page says is wrong, for whoever reads why a test failed. */
async function complaint(page) {
	const faults = page.locator('#feil, main').first();
	return (await faults.innerText().catch(() => '')).replace(/\s+/g, ' ').slice(0, 300);
}

export class Person {
	constructor(space, key, context, page) {
		Object.assign(this, { space, key, context, page, account: space.accounts[key] });
		if (key && !this.account) throw new Error(`${space.key} has no account for ${key}`);
		page.setDefaultTimeout(15000);
	}

	code() {
		this.space.demo.wait(step);
		return totp(this.account.secret, this.space.demo.now());
	}

	at() { return new URL(this.page.url()).pathname.replace(`/${this.space.key}`, '') || '/'; }

	/** Goes to a page of the space; logs in first when the page asks for it. */
	async open(to) {
		const response = await this.#logIn(await this.page.goto(this.space.base + to, { waitUntil: 'load' }));
		await this.space.look?.(this, this.at(), response);
		return response;
	}

	async #logIn(response) {
		if (!this.at().startsWith('/logg-inn') || !this.account) return response;
		if (await this.page.locator('#email').count()) {
			await this.page.fill('#email', this.account.email);
			await this.page.fill('#password', this.account.password);
			await this.#press(this.page.locator('main button[type=submit]'));
		}
		await this.page.fill('#code', this.code());
		return this.#press(this.page.locator('main button[type=submit]'));
	}

	/** Clicks what leads to another page. */
	async follow(locator) {
		const response = await this.#press(locator.first());
		return this.#logIn(response);
	}

	async #press(locator) {
		const [response] = await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), locator.click()]);
		return response;
	}

	/** Fills in the form that is sent to an address ending so, presses its button (the one that says
	 *  so, where given) and gives the code that a weighty act asks for. Throws Refused, with the
	 *  page's words, where the page is not satisfied. */
	async send(to, fields = {}, { button = '', nth = 0, status = 200 } = {}) {
		const [name] = Object.keys(fields); // of several forms, the one that has the field
		const has = name ? `:has([name="${name}"]:not([type=hidden]))` : '';
		const presses = this.page.locator(`main form[action$="${to}"]${has} button[type=submit]:not([formaction]), main form${has} button[formaction$="${to}"]`)
			.filter({ hasText: button });
		if (await presses.count() <= nth) throw new Refused(`${this.key} has no form for ${to} on ${this.at()}`);
		const press = presses.nth(nth);
		const form = press.locator('xpath=ancestor::form');
		for (const [field, value] of Object.entries(fields)) await this.#fill(form, field, value);
		await this.#unfold(press);
		let response = await this.#press(press);
		if (await this.page.locator('main input[name=_code]').count()) {
			await this.page.fill('main input[name=_code]', this.code());
			response = await this.#press(this.page.locator('main button[type=submit]'));
		}
		if (response.status() !== status || (status === 200 && await this.page.locator('#feil').count()))
			throw new Refused(`${this.key} ${to}: ${response.status()}: ${await complaint(this.page)}`);
		return response;
	}

	/** Opens the <details> around, as one must to see what is in it. */
	async #unfold(locator) {
		const shut = locator.locator('xpath=ancestor::details[not(@open)]');
		if (await shut.count()) await shut.first().locator('> summary').click();
	}

	async #fill(form, name, value) {
		const all = form.locator(`[name="${name}"]:not([type=hidden])`);
		const field = all.first();
		await this.#unfold(field);
		const kind = await field.evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
		if (value instanceof RegExp) await this.#choose(form, name, kind, value);
		else if (kind === 'select') await field.selectOption(value);
		else if (kind === 'file') await field.setInputFiles(value);
		else if (kind === 'radio' || kind === 'checkbox')
			for (const v of [value].flat()) await form.locator(`[name="${name}"][value="${v}"]`).check();
		else await field.fill(value);
	}

	/** What a list offers under a label. */
	async #choose(form, name, kind, label) {
		if (kind !== 'select') {
			await form.locator('label').filter({ has: form.page().locator(`[name="${name}"]`) }).or(form.locator(`[name="${name}"] + label`))
				.filter({ hasText: label }).first().click();
			return;
		}
		const value = await form.locator(`[name="${name}"] option`).filter({ hasText: label }).first().getAttribute('value');
		await form.locator(`[name="${name}"]`).selectOption(value);
	}

	/** Whether the page as it stands says the words. */
	async says(words) {
		return (await this.page.locator('main').innerText()).includes(words);
	}

	/** Sends a form by hand, as one who does not care what the page offers. The status. */
	async force(to, fields = {}) {
		await this.open('/meg');
		const token = await this.page.locator('input[name=_token]').first().getAttribute('value');
		const reply = await this.page.request.post(this.space.base + to, {
			form: { _token: token, _key: `force-${Math.random()}`, ...fields }, maxRedirects: 0,
			headers: { Origin: this.space.demo.url },
		});
		return reply.status();
	}
}
