// One matter from the first report to the public page, by the right people and no others.
//
// Each step is what a person does in a browser: opens a page, fills in its form, presses its
// button. thread(note, browser, space, options) throws where a step cannot be taken; note(what,
// wrong) gets what was looked at.
import { Refused, day } from './demo.mjs';
import * as keys from './keys.mjs';

const title = 'Varsling om utskrivning av eldre før helgen';
const words = 'varslinger utskrivningene'; // no form of them stands in the title

class Thread {
	constructor(note, browser, space, options) {
		Object.assign(this, { note, browser, space, options });
	}

	who(key) { return this.space.person(this.browser, key, this.options); }

	check(what, ok, why = 'it is not so') {
		this.note(`${this.space.key}: ${what}`, ok ? [] : [why]);
	}

	async sees(key, path, text = title) {
		const p = await this.who(key);
		const r = await p.open(path);
		this.check(`${key} sees ${path}: ${text}`, r.status() === 200 && await p.says(text), `${r.status()} ${p.at()}`);
	}

	async misses(key, path, text = title) {
		const p = await this.who(key);
		const r = await p.open(path);
		this.check(`${key} does not see ${path}: ${text}`, r.status() === 404 || !await p.says(text), `${r.status()} ${p.at()}`);
	}

	async hidden(key, path) {
		const p = await this.who(key);
		const r = await p.open(path);
		this.check(`${path} is not there for ${key}`, r.status() === 404, `${r.status()} ${p.at()}`);
	}

	/** The page offers no such act, and sending it by hand is refused. */
	async barred(key, page, to, fields) {
		const p = await this.who(key);
		await p.open(page);
		const offered = await p.page.locator(`main [action$="${to}"], main [formaction$="${to}"]`).count();
		const status = await p.force(to, fields);
		this.check(`${key} cannot ${to}`, !offered && [403, 404, 409, 422].includes(status), `offered: ${offered}, sent: ${status}`);
	}

	async act(key, page, to, fields, more) {
		const p = await this.who(key);
		if (page) {
			const r = await p.open(page);
			if (r.status() !== 200) throw new Error(`${this.space.key}: ${key} ${page}: ${r.status()}`);
		}
		await p.send(to, fields, more);
		this.note(`${this.space.key}: ${key} ${to}`, []);
		return p;
	}

	/** The page says no, and keeps what was written. */
	async refused(key, page, to, fields, field) {
		const p = await this.who(key);
		await p.open(page);
		let said = 'it was taken';
		await p.send(to, fields).catch((e) => { if (!(e instanceof Refused)) throw e; said = e.message; });
		const kept = await p.page.locator(`main form[action$="${to}"] [name="${field}"]`).first().inputValue();
		this.check(`${key} ${to} is refused and what was written is kept`, / (409|422): /.test(said) && kept === fields[field], `${said}; kept: ${kept}`);
	}

	pid(p) { return p.at().split('/')[2]; }

	/** The checks above find it when the right person stands where the wrong one should. */
	async control(key, page, to) {
		const found = [], note = this.note;
		this.note = (what, wrong) => { found.push(...wrong); };
		await this.hidden(key, page);
		await this.misses(key, page);
		await this.barred(key, page, to);
		this.note = note;
		this.check(`control: what ${key} can see and do is found`, found.length === 3, `${found.length} of 3 found`);
		let refused = false;
		await this.act('town.3', page, to).catch(() => { refused = true; });
		this.check('control: a step by the wrong person is found', refused);
	}

	// ---- its parts ------------------------------------------------------------------------

	async propose() {
		const p = await this.act('town.1', '/saker/ny', '/saker/ny',
			{ title, summary: 'Eldre sendes hjem fredag kveld.', wish: 'Felles rutine' }, { button: 'sekretariatet' });
		this.matter = this.pid(p);
		this.m = `/saker/${this.matter}`;
		await this.hidden('town.2', this.m);
		await this.hidden('admin', this.m);
		await this.misses('town.2', '/min-dag');
		await this.barred('town.2', '/saker', `${this.m}/ta-imot`);
		await this.barred('town.1', this.m, `${this.m}/ta-imot`);
		for (const key of ['secretary.municipal', 'secretary.trust']) await this.sees(key, '/min-dag');
	}

	async triage() {
		const s = await this.who('secretary.municipal');
		await s.open('/min-dag');
		await s.follow(s.page.locator(`main a:has-text("${title}")`));
		await this.act('secretary.municipal', null, `${this.m}/ta-imot`);
		await this.sees('town.1', '/min-dag'); // is told
		await this.act('secretary.trust', `${this.m}/vurdering`, `${this.m}/vurdering`,
			{ type: 'decision', scope: 'whole_area', consequence: 'professional', topic: 'other' });
		await this.act('secretary.trust', null, `${this.m}/vurdering`, { round: 'yes' }, { button: 'Fastsett' });
	}

	async write(key, section, text) {
		await this.act(key, `${this.m}/rediger/${section}`, `/rediger/${section}`, { text });
	}

	async prepare() {
		const one = 'secretary.municipal', other = 'secretary.trust', author = 'town.2';
		const { name: municipal } = this.space.accounts[author], { name: trust } = this.space.accounts[other];
		await this.act(one, `${this.m}/forfattere`, `${this.m}/forfattere`, { municipal: new RegExp(municipal), trust: new RegExp(trust) });
		await this.act(other, this.m, `${this.m}/start`);
		await this.sees(author, '/min-dag');
		await this.hidden('town.3', this.m);
		await this.write(author, 'bakgrunn', 'Slik er det i dag.');
		await this.write(author, 'kommunene', 'Få på vakt i helgene.');
		await this.write(other, 'sykehuset', 'Fulle senger.');
		await this.write(other, 'pasient', 'Lang ventetid og mye uro.');
		await this.write(one, 'faglig', 'Tryggere overganger.');
		await this.write(one, 'forslag', 'Sykehuset varsler torsdag.');
		await this.act(author, this.m, `${this.m}/kommentarer`, { text: 'Er legevakten spurt?' });
		await this.control(other, this.m, `${this.m}/kommentarer`);
		await this.act(one, this.m, '/kommentarer/ferdig');
		await this.act(author, this.m, `${this.m}/vedlegg`, { file: { name: 'tall.csv', mimeType: 'text/csv', buffer: Buffer.from('uke;antall\n1;12\n') } });
		await this.sees(other, this.m, 'tall.csv');
		const o = await this.who(other);
		const file = await o.page.locator('main a').filter({ hasText: 'tall.csv' }).getAttribute('href');
		const sent = await o.page.request.get(this.space.demo.url + file);
		this.check('the attachment comes as it was', (await sent.text()).startsWith('uke;antall'), `${sent.status()}`);
		await this.space.look?.(o, file.replace(`/${this.space.key}`, ''), { headers: () => ({}) });
		await this.act(one, this.m, `${this.m}/versjoner`, { note: 'Første utkast' });
		await this.act(other, this.m, `${this.m}/kvalitetssikre`);
	}

	async sign() {
		await this.barred('town.2', this.m, `${this.m}/signer`, { version: '1' });
		await this.act('secretary.municipal', this.m, `${this.m}/signer`);
		await this.barred('secretary.municipal', this.m, `${this.m}/las`, { rev: '1' }); // not alone
		await this.act('secretary.trust', this.m, `${this.m}/signer`);
	}

	async ask() {
		await this.act('secretary.municipal', `${this.m}/gjennomlesning`, `${this.m}/gjennomlesning`,
			{ deadline: this.space.demo.date(22), message: 'Se særlig på forslaget.' });
		this.round = this.pid(await this.who('secretary.municipal'));
		this.r = `/gjennomlesning/${this.round}`;
		await this.hidden('admin', this.r);
	}

	/** From "Min dag" to an answer that is given, in two presses. */
	async answerInTwo(key) {
		const p = await this.who(key);
		await p.open('/min-dag');
		await p.follow(p.page.locator('main .rt-row a[href$="/svar"]'));
		await p.follow(p.page.locator('main button').filter({ hasText: 'Støtt forslaget' }));
		this.check(`${key} answers in two presses from Min dag`, await p.says('Støtter'), p.at());
	}

	async answer() {
		const one = 'secretary.municipal';
		await keys.answer(this.note, await this.who('town.1'));
		await this.answerInTwo('town.2');
		await this.act('town.2', `${this.r}/svar`, `${this.r}/svar`, { answer: 'comment', text: 'Nevn legevakten.' });
		await this.act('town.2', `${this.r}/svar`, `${this.r}/svar`, { answer: 'objection', text: 'Torsdag er for sent.' });
		await this.act('town.1', `${this.r}/svar`, `${this.r}/trekk`);
		await this.act('town.1', `${this.r}/svar`, `${this.r}/svar`, { answer: 'no_comment' });
		await this.misses('town.1', '/min-dag', 'Les og svar');
		await this.barred('trust', this.r, `${this.r}/svar`, { answer: 'no_comment', rev: '1' });
		const s = await this.who(one);
		await s.open(this.r);
		const silent = s.page.locator('.rt-matrix tbody tr').filter({ has: s.page.locator('form[action$="/paminn"]') });
		const town3 = this.space.accounts['town.3'].title.replace('Samhandlingskontakt, ', '');
		await s.follow(silent.filter({ hasNotText: town3 }).locator('th a'));
		this.fourth = s.at();
		await this.act(one, null, `${this.fourth}/registrer`, { answer: 'no_comment', channel: 'phone', note: 'Samtale med kommuneoverlegen' });
		await this.act(one, this.r, `${this.r}/paminn`);
		this.space.demo.wait(23 * day);
		await this.act('town.3', `${this.r}/svar`, `${this.r}/svar`, { answer: 'comment', text: 'Beklager, sent ute.' });
		for (const [key, disposition] of [['town.2', 'partly'], ['town.3', 'rejected']]) {
			const town = this.space.accounts[key].title.replace('Samhandlingskontakt, ', '');
			await s.open(this.r);
			await s.follow(s.page.locator('.rt-matrix th a').filter({ hasText: new RegExp(`^${town}$`) }));
			await this.act(one, null, '/vurder', { disposition, explanation: 'Vurdert av begge sider.' });
		}
		await this.act('secretary.trust', this.r, `${this.r}/avslutt`);
	}

	async makeReady() {
		await this.write('secretary.trust', 'forslag', 'Sykehuset varsler onsdag, også legevakten.');
		await this.act('secretary.trust', this.m, `${this.m}/versjoner`, { note: 'Etter gjennomlesning' });
		const p = await this.who('town.2');
		await p.open(`${this.m}/versjoner`);
		await p.follow(p.page.locator('main td a').filter({ hasText: 'Fra versjon 1' }));
		this.check('the difference between two versions is shown', await p.page.locator('ins').filter({ hasText: 'onsdag' }).count() > 0);
		await this.act('secretary.municipal', this.m, `${this.m}/signer`);
		await this.act('secretary.trust', this.m, `${this.m}/signer`);
		await this.act('secretary.municipal', this.m, `${this.m}/las`);
	}

	async call() {
		const one = 'secretary.municipal', other = 'secretary.trust';
		const s = await this.who(one);
		await this.act(one, '/moter/ny', '/moter/ny', { body: /^Strategisk/, starts: this.space.demo.date(40), starts_time: '09:00', length: '150', place: 'Rådhuset' });
		this.mt = `/moter/${this.pid(s)}`;
		await this.act(other, `${this.mt}/saksliste`, `${this.mt}/saksliste`, { matter: new RegExp(title), kind: 'decide', length: '30' }, { button: 'saken' });
		await this.barred('town.1', this.mt, `${this.mt}/godkjenn`, { rev: '2' });
		await this.act(one, this.mt, `${this.mt}/godkjenn`);
		await this.barred(one, this.mt, `${this.mt}/innkall`, { rev: '3' }); // not by one side alone
		await this.act(other, this.mt, `${this.mt}/godkjenn`);
		await this.act(one, `${this.mt}/formote`, `${this.mt}/formote`, { starts: this.space.demo.date(33), starts_time: '09:00', place: 'Nett' });
		await this.act(one, this.mt, `${this.mt}/innkall`);
		await this.hidden('admin', this.mt);
	}

	async meetBefore() {
		const one = 'secretary.municipal', room = `${this.mt}/formote`, held = 'Kommunene står sammen om forslaget.';
		this.space.demo.wait(33 * day);
		for (const key of ['town.1', 'town.2', 'town.3']) await this.act(key, room, '/syn', { stand: 'agrees', text: 'Bra nå.' });
		await this.act(one, room, `${room}/holdt`);
		await this.refused(one, room, '/standpunkt', { position: 'common', text: held }, 'text'); // most have not said
		const s = await this.who(one);
		const silent = await s.page.locator('main form[action$="/syn"] select[name=party] option').evaluateAll((all) => all.map((o) => o.value).filter(Boolean));
		const few = silent.length <= 12; // a wider side is split, which no count is asked for
		if (few)
			for (const party of silent) await this.act(one, room, '/syn', { party, stand: 'agrees' });
		await this.act(one, room, '/standpunkt', few ? { position: 'common', text: held } : { position: 'split', text: held, minority: 'Noen vil vente.' });
		await this.sees('town.1', room, held);
		for (const page of ['', '/saksliste', '/ledelse']) await this.misses('secretary.trust', this.mt + page, held);
		await this.barred('secretary.trust', this.mt, `${room}/holdt`, { rev: '1' });
		await this.act(one, room, '/vis');
	}

	async sit() {
		const one = 'secretary.municipal', other = 'secretary.trust', live = `${this.mt}/ledelse`;
		this.space.demo.wait(7 * day);
		const s = await this.who(one);
		await s.open(live);
		// the first is marked by mistake, and it is undone; the deputy comes
		const button = (words) => s.page.locator('main .rt-person button').filter({ hasText: words });
		await s.follow(button('Forfall'));
		this.check('an absence is marked', await s.page.locator('main .rt-person.is-away').count() === 1);
		await s.follow(button('Angre'));
		this.check('and the mistake undone', await s.page.locator('main .rt-person.is-away').count() === 0);
		if (await button('Vara:').count()) {
			await s.follow(button('Vara:'));
			await s.follow(button('Har fullmakt'));
		}
		const come = s.page.locator('main .rt-person:not(:has(button:text("Angre"))) button').filter({ hasText: 'Til stede' });
		for (let left = await come.count(); left > 0; left = await come.count()) await s.follow(come.first());
		this.check('there are enough to decide', await s.says('Beslutningsdyktig'));
		await this.barred('town.1', this.mt, `${live}/apne`, { rev: '1' });
		await this.act(other, live, `${live}/apne`);
		await this.act(other, live, '/ta-opp');
		await this.sees(other, live, 'Kommunene står sammen'); // it was released
		await this.act(one, live, '/utfall', { outcome: 'agreed', text: 'Sykehuset varsler onsdag.', due: this.space.demo.date(60) }, { button: 'Fastsett' });
		await this.act(one, live, `${live}/avslutt`);
	}

	async minutes() {
		const one = 'secretary.municipal', page = `${this.mt}/protokoll`;
		await this.act(one, page, `${page}/skriv`, { preamble: 'Lederen ønsket velkommen.' });
		await this.barred('town.1', this.mt, `${page}/godkjenn`, { rev: '1' });
		await this.act('member.1', page, `${page}/godkjenn`);
		await this.act('member.2', page, `${page}/godkjenn`);
		const s = await this.who(one);
		await s.open(page);
		this.check('the minutes are locked', !await s.page.locator(`main [action$="/skriv"]`).count());
		await s.follow(s.page.locator('main .rt-minutes a[href*="/vedtak/"]'));
		this.decision = this.pid(s);
		this.d = `/vedtak/${this.decision}`;
		this.check('the decision has its number', /\d+\/\d\d/.test(await s.page.locator('main .rt-eyebrow').first().innerText()));
	}

	async follow() {
		for (const key of ['town.1', 'town.2', 'town.3', 'trust']) {
			await this.sees(key, '/min-dag');
			await this.act(key, this.d, `${this.d}/bekreft`);
			await this.act(key, this.d, `${this.d}/oppdater`, { status: key === 'town.2' ? 'partly' : 'implemented', note: 'Innført.' });
		}
		await this.barred('town.1', this.d, `${this.d}/oppdater-for`, { status: 'implemented' });
		await this.sees('secretary.municipal', '/oppfolging');
		this.space.demo.wait(61 * day);
		await this.sees('secretary.municipal', this.d, 'Forsinket');
	}

	async find() {
		const query = `q=${encodeURIComponent(words)}`;
		for (const key of ['town.3', 'secretary.trust', 'member.1']) await this.sees(key, `/sok?${query}`);
		await this.misses('admin', `/sok?${query}`);
		const nobody = await this.space.person(this.browser, '', this.options);
		const publicly = async (path) => { await nobody.open(path); return nobody.says(title); };
		this.check('the public does not find it yet', !await publicly(`/offentlig/sok?${query}`));
		await this.act('secretary.municipal', `${this.mt}/protokoll`, '/protokoll/publiser');
		this.check('the public finds it', await publicly(`/offentlig/sok?${query}`));
		this.check('it stands on the public front page', await publicly('/offentlig'));
		await nobody.follow(nobody.page.locator(`main a:has-text("${title}")`));
		this.check('the public reads the decision', await nobody.says('Sykehuset varsler onsdag.'));
		await this.act('secretary.municipal', this.m, `${this.m}/publiser`);
		const r = await nobody.open(`/offentlig${this.m}`);
		this.check('the public reads the matter', r.status() === 200 && await nobody.says(title), `${r.status()}`);
	}
}

export async function thread(note, browser, space, options) {
	const t = new Thread(note, browser, space, options);
	for (const part of ['propose', 'triage', 'prepare', 'sign', 'ask', 'answer', 'makeReady', 'call', 'meetBefore', 'sit', 'minutes', 'follow', 'find'])
		try {
			await t[part]();
		} catch (e) {
			note(`${space.key}: ${part}`, [e.message, `${e.stack}`.split('\n').filter((l) => l.includes('thread.mjs'))[0]]);
			break;
		}
	await space.close();
}
