// What every browser test stands on: a server, Chromium, and checks of one page.
//
//	const h = await Harness.start({ command: ['./rodtrad', 'demo', ...], url: 'http://127.0.0.1:8080' });
//	await h.page('/saker', 'en saksliste');	// every check at every size
//	await h.stop();					// prints 'N passed, N failed'
//
// A check is a function (h, page, path) that returns a list of what is wrong, in words.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { HtmlValidate } from 'html-validate';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** As SECURITY's D3 has it; the test server sends it so that the files are tried under it. */
export const csp = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
	+ "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const html = new HtmlValidate({
	extends: ['html-validate:recommended'],
	rules: {
		'long-title': 'off', // the name of a matter may be long
		'no-redundant-role': 'off', // table roles stay when CSS makes the table cards
		'no-trailing-whitespace': 'off',
		'prefer-native-element': 'off', // the same; and role="search", role="region"
		'attribute-boolean-style': 'off',
		'attribute-empty-style': 'off',
		'doctype-style': 'off',
		'void-style': 'off',
		'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit'] }],
		'input-missing-label': 'error',
		'no-inline-style': 'error',
		'svg-focusable': 'off',
		'tel-non-breaking': 'off',
		'text-content': 'error',
		'unique-landmark': 'error',
	},
});

/** What axe says of a page as it stands. */
export async function axeOf(page, rules = {}) {
	// evaluate() runs beside the page's own scripts, so the policy need not be weakened
	await page.evaluate(`${axeSource};0`);
	return page.evaluate((given) => window.axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
		resultTypes: ['violations'], rules: given,
	}), rules);
}

// ---- the checks of a page ---------------------------------------------------------------

/** WCAG 2.2 AA and best practice, by axe. */
export async function axe(h, page) {
	const found = await axeOf(page);
	return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${v.help}`));
}

/** What the server sent is right HTML. */
export async function markup(h, page, at) {
	const report = await html.validateString(await h.source(page, at), at);
	return report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}

/** No word in the console: no script error, nothing the policy stopped, no missing file. */
export async function quiet(h) {
	return h.said;
}

/** The page is never wider than the window. */
export async function reflow(h, page) {
	const wrong = [];
	const was = page.viewportSize();
	for (const width of [320, 390, 768, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		const over = await page.evaluate(() => {
			const wide = document.documentElement.scrollWidth;
			if (wide <= window.innerWidth) return null;
			const past = [...document.body.querySelectorAll('*')]
				.find((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.rt-scroll'));
			return `${wide} px wide, first past the edge: ${past?.tagName} ${past?.className}`;
		});
		if (over) wrong.push(`at ${width}: ${over}`);
	}
	await page.setViewportSize(was);
	return wrong;
}

/** Runs in the page: what is wrong with where the focus is; null when it has left the page. */
export function focusFaults() {
	const e = document.activeElement;
	if (!e || e === document.body) return null;
	const name = `${e.tagName.toLowerCase()} "${(e.textContent || e.name || '').trim().slice(0, 30)}"`;
	const shown = [e, e.closest('label, .ds-field, .rt-body, .rt-choice')].filter(Boolean)
		.some((x) => { const s = getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; });
	const r = e.getBoundingClientRect();
	const inView = r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < window.innerHeight && r.right > 0 && r.left < window.innerWidth;
	const first = e.getClientRects()[0] ?? r; // of a link over two lines
	const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
	const top = document.elementFromPoint(middle(first.left, first.right, window.innerWidth),
		middle(first.top, first.bottom, window.innerHeight));
	const covered = inView && top && !e.contains(top) && !top.contains(e) && !e.closest('label')?.contains(top);
	const faults = [!shown && 'focus cannot be seen', !inView && 'outside the window', covered && `covered by ${top.className || top.tagName}`];
	return { key: name + r.left + r.top + window.scrollY, faults: faults.filter(Boolean).map((f) => `${name}: ${f}`) };
}

/** Tab goes through the page; each stop is seen, and there is a way out. */
export async function keyboard(h, page) {
	const wrong = [];
	await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
	const most = await page.evaluate(() => document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length);
	let stops = 0;
	for (let i = 0; i <= most + 2; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate(focusFaults);
		if (!at) {
			if (stops) return wrong;
			continue;
		}
		stops++;
		wrong.push(...at.faults);
	}
	return [...wrong, stops ? `no way out after ${stops} stops` : 'nothing to stop at'];
}

/** Every id the page points at is there, and there once. */
export async function ids(h, page) {
	return page.evaluate(() => {
		const wrong = [];
		for (const e of document.querySelectorAll('[aria-labelledby],[aria-describedby],label[for],a[href^="#"]'))
			for (const a of ['aria-labelledby', 'aria-describedby', 'for', 'href'])
				for (const id of (e.getAttribute(a) ?? '').replace(/^#/, '').split(' ').filter(Boolean))
					if ((a !== 'href' || e.getAttribute(a).startsWith('#')) && document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length !== 1)
						wrong.push(`${e.tagName.toLowerCase()} ${a}="${id}"`);
		return wrong;
	});
}

export const checks = { axe, markup, quiet, reflow, keyboard, ids };

// ---- the harness ------------------------------------------------------------------------

export class Harness {
	passed = 0;
	failed = 0;
	said = [];
	inFlight = new Map();

	/** command and url: a server to start and where it answers; dir: files to serve instead. */
	static async start({ command, url, dir, shots = 'gen/shots' } = {}) {
		const h = new Harness();
		h.shots = shots;
		fs.mkdirSync(shots, { recursive: true });
		if (dir) await h.serve(dir);
		else {
			h.url = url;
			if (command) h.run(command);
			await h.answering();
		}
		h.home = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
		h.browser = await chromium.launchPersistentContext(h.home, {
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
				'--disable-component-update', '--disable-sync', '--force-color-profile=srgb'],
			locale: 'nb-NO', timezoneId: 'Europe/Oslo', viewport: desktop,
		});
		return h;
	}

	async serve(dir) {
		const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript',
			'.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
		this.server = http.createServer((rq, rp) => {
			const name = decodeURIComponent(new URL(rq.url, 'http://x').pathname);
			const file = [name, `${name}.html`].map((n) => path.join(dir, n)).find((f) => fs.existsSync(f) && fs.statSync(f).isFile());
			rp.setHeader('Content-Security-Policy', csp);
			rp.setHeader('X-Content-Type-Options', 'nosniff');
			if (!file) return rp.writeHead(404).end();
			rp.setHeader('Content-Type', types[path.extname(file)] ?? 'text/plain; charset=utf-8');
			return rp.end(fs.readFileSync(file));
		});
		await new Promise((done) => { this.server.listen(0, '127.0.0.1', done); });
		this.url = `http://127.0.0.1:${this.server.address().port}`;
	}

	run(command) {
		this.child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
		this.child.on('exit', (code) => { this.died = code ?? 1; });
	}

	async answering() {
		for (const until = Date.now() + 20000; Date.now() < until;) {
			if (this.died !== undefined) throw new Error(`the server ended with ${this.died}`);
			try {
				await fetch(this.url, { redirect: 'manual' });
				return;
			} catch {
				await new Promise((again) => { setTimeout(again, 50); });
			}
		}
		throw new Error(`no answer from ${this.url}`);
	}

	/** A tab whose console is listened to. */
	async tab() {
		const page = await this.browser.newPage();
		page.on('console', (m) => this.said.push(`${m.type()}: ${m.text()}`));
		page.on('pageerror', (e) => this.said.push(`error: ${e.message}`));
		page.on('requestfailed', (r) => this.said.push(`failed: ${r.url()}`));
		return page;
	}

	/** The HTML as the server sent it, with the session of the page. */
	async source(page, at) {
		return (await page.request.get(this.url + at)).text();
	}

	/** Notes how one check went. */
	note(what, wrong) {
		if (wrong.length === 0) {
			this.passed++;
			return;
		}
		this.failed++;
		console.log(`FAILED ${what}`);
		for (const line of wrong.slice(0, 12)) console.log(`\t${line}`);
		if (wrong.length > 12) console.log(`\tand ${wrong.length - 12} more`);
	}

	/** Goes to at and runs the checks; a screenshot of each size. Returns the tab. */
	async look(page, at, only = checks) {
		for (const [scheme, size] of [['light', desktop], ['dark', phone], ['dark', desktop], ['light', phone]]) {
			await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
			await page.setViewportSize(size);
			this.said = [];
			await page.goto(this.url + at, { waitUntil: 'load' });
			await page.evaluate(() => document.fonts.ready);
			const name = `${at.replace(/^\/|\?.*/g, '').replaceAll('/', '-') || 'forside'}.${size.width}.${scheme}`;
			await page.screenshot({ path: path.join(this.shots, `${name}.png`), fullPage: true });
			const first = scheme === 'light' && size === desktop;
			for (const [what, check] of Object.entries(only))
				if (first || what === 'axe' || what === 'quiet' || (what === 'keyboard' && size === phone && scheme === 'light'))
					this.note(`${name} ${what}`, await check(this, page, at));
		}
	}

	async page(at, only) {
		const page = await this.tab();
		await this.look(page, at, only);
		await page.close();
	}

	/** A page made to be wrong: the check must find it. */
	async control(at, check) {
		const page = await this.tab();
		this.said = [];
		await page.goto(this.url + at, { waitUntil: 'load' });
		const wrong = await checks[check](this, page, at);
		this.note(`control: ${check} finds what is wrong on ${at}`, wrong.length ? [] : ['it found nothing']);
		await page.close();
	}

	async stop() {
		await this.browser.close();
		this.server?.close();
		this.child?.kill();
		fs.rmSync(this.home, { recursive: true, force: true });
		console.log(`${this.passed} passed, ${this.failed} failed`);
		process.exitCode = this.failed ? 1 : 0;
	}
}
