// bench/run.mjs - measures the product beside its yardsticks and prints one table.
//
//	node bench/run.mjs BUILD [--sizes 1000,100000] [--rounds 3] [--seconds 4] [--only a,b]
//		[--into bench/README.md]
//
// BUILD is the folder of the loader and the client (gen/gcc). --into puts what came out under
// "## Result" of a file. What the figures mean: README.md.
import {createHash} from 'node:crypto';
import {spawn, spawnSync, execFileSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const build = process.argv[2];
const option = (name, or) => {
	const at = process.argv.indexOf(`--${name}`);
	return at < 0 ? or : process.argv[at + 1];
};
const sizes = option('sizes', '1000,100000').split(',').map(Number);
const rounds = Number(option('rounds', 3));
const seconds = Number(option('seconds', 4));
const only = option('only', '').split(',').filter(Boolean);
const charter = 'charters/vestre-viken-2021.yaml';
const dir = option('dir', path.join(os.tmpdir(), `rodtrad-bench-${process.getuid()}`));
fs.mkdirSync(dir, {recursive: true});

const children = new Set();
const rows = [];
const say = line => process.stderr.write(`${line}\n`);
const wants = what => only.length === 0 || only.includes(what);
const median = v => [...v].sort((a, b) => a - b)[Math.floor(v.length / 2)];
const sleep = ms => new Promise(done => setTimeout(done, ms));

// --- processes -------------------------------------------------------------------------------

function freePort() {
	return new Promise(done => {
		const s = net.createServer().listen(0, '127.0.0.1', () => {
			const {port} = s.address();
			s.close(() => done(port));
		});
	});
}

async function answers(port) {
	for (let i = 0; i < 3000; i++) {
		const ok = await new Promise(done => {
			const s = net.connect(port, '127.0.0.1', () => (s.destroy(), done(true)));
			s.on('error', () => done(false));
		});
		if (ok)
			return;
		await sleep(5);
	}
	throw new Error(`nothing listens on ${port}`);
}

async function start(command, args, port) {
	const log = fs.openSync(path.join(dir, `${path.basename(command)}.log`), 'a');
	const p = spawn(command, args, {stdio: ['ignore', log, log]});
	children.add(p);
	await answers(port);
	return {pid: p.pid, port, process: p};
}

function stop(server) {
	return new Promise(done => {
		server.process.on('exit', () => (children.delete(server.process), done()));
		server.process.kill('SIGTERM');
	});
}

const stat = pid => fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /s, '').split(' ');
function childrenOf(pid) {
	return fs.readdirSync('/proc').filter(d => /^\d+$/.test(d)).filter(d => {
		try {
			return Number(stat(d)[1]) === pid;
		} catch {
			return false;
		}
	}).map(Number);
}

// Seconds of CPU that the server, its live children and those it has waited for have used.
function cpu(pid) {
	let ticks = 0;
	for (const p of [pid, ...childrenOf(pid)])
		try {
			ticks += stat(p).slice(11, 15).map(Number).reduce((a, b) => a + b);
		} catch { /* gone meanwhile: it is in its parent's sum */ }
	return ticks / 100;
}

function memoryMB(pid) {
	const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/RssAnon:\s+(\d+)/.exec(text)[1]) / 1024;
}

// --- asking ------------------------------------------------------------------------------------

function wrk(server, target) {
	const args = ['-t1', '-c8', `-d${seconds}s`, '--timeout', '10s'];
	for (const [name, value] of Object.entries(target.headers ?? {}))
		args.push('-H', `${name}: ${value}`);
	const before = cpu(server.pid);
	const out = spawnSync('wrk', [...args, `http://127.0.0.1:${server.port}${target.path}`],
		{encoding: 'utf8'}).stdout;
	const after = cpu(server.pid);
	const n = Number(/(\d+) requests in/.exec(out)[1]);
	const bad = /Non-2xx or 3xx responses: (\d+)/.exec(out);
	if (bad || n === 0)
		throw new Error(`${target.name}: ${bad ? bad[1] : 'all'} of ${n} failed\n${out}`);
	return (after - before) / n * 1e6;
}

function client(args, input) {
	const p = spawnSync(`${build}/client`, args.map(String), {input, encoding: 'utf8'});
	if (p.status)
		throw new Error(p.stderr);
	if (p.stderr)
		say(`  ${p.stderr.trim()}`);
	return Object.fromEntries(p.stdout.trim().split('\n').map(l => {
		const [name, value] = l.split(' ');
		return [name, Number(value)];
	}));
}

async function fetched(server, target) {
	const r = await fetch(`http://127.0.0.1:${server.port}${target.path}`,
		{headers: target.headers, redirect: 'manual'});
	const body = Buffer.from(await r.arrayBuffer());
	if (r.status !== (target.status ?? 200))
		throw new Error(`${target.name}: status ${r.status}`);
	return {body, etag: r.headers.get('etag')};
}

// --- the servers ---------------------------------------------------------------------------------

// All that decides what lies in a filled space: the loader, the schema, the charter, the tokenizer.
function recipe() {
	const schema = fs.readdirSync('src/store/schema').sort().map(f => `src/store/schema/${f}`);
	const tokenizer = fs.readdirSync('src/store').filter(f => f.startsWith('norsk')).sort().map(f => `src/store/${f}`);
	const hash = createHash('sha256');
	for (const f of ['bench/load.c', 'bench/load.sql', charter, ...schema, ...tokenizer])
		hash.update(f).update(fs.readFileSync(f));
	return hash.digest('hex');
}

// What is there already is used again for two days, if the same recipe made it.
function loadedBefore(mark) {
	if (!fs.existsSync(mark))
		return false;
	const age = Date.now() - fs.statSync(mark).mtimeMs;
	return age < 2 * 86400000 && fs.readFileSync(mark, 'utf8') === recipe();
}

function dataOf(n) {
	const data = path.join(dir, `space-${n}`);
	const mark = path.join(data, 'filled');
	if (!loadedBefore(mark)) {
		fs.rmSync(data, {recursive: true, force: true});
		const began = Date.now(), made = recipe();
		say(`loading ${n} matters ...`);
		execFileSync(`${build}/load`, ['fill', data, charter, String(n)], {stdio: 'inherit'});
		say(`  ${((Date.now() - began) / 1000).toFixed(0)} s, ` +
			`${(fs.statSync(`${data}/spaces/t.db`).size / 1e6).toFixed(0)} MB`);
		if (n <= 1000)
			say(`  ${execFileSync('./rodtrad', ['verify', 't', '--data', data], {encoding: 'utf8'}).trim()}`);
		fs.writeFileSync(mark, made);
	}
	return data;
}

// What writes does so in a copy, so that the space is the same the next time.
function copyOf(n) {
	const copy = path.join(dir, 'copy');
	fs.rmSync(copy, {recursive: true, force: true});
	fs.cpSync(dataOf(n), copy, {recursive: true});
	return copy;
}

async function ours(n, data = dataOf(n)) {
	const keys = {};
	for (const l of execFileSync(`${build}/load`, ['keys', data], {encoding: 'utf8'}).trim().split('\n')) {
		const [name, value] = l.split(/ (.*)/);
		(keys[name] ??= []).push(value);
	}
	const port = await freePort(), began = performance.now();
	const server = await start('./rodtrad', ['serve', '--data', data, '--listen', `127.0.0.1:${port}`], port);
	await fetched(server, {name: 'first page', path: '/t/offentlig'});
	return {...server, keys, n, first: performance.now() - began};
}

async function nginx(files) {
	const root = path.join(dir, 'nginx');
	const port = await freePort();
	fs.mkdirSync(root, {recursive: true});
	for (const [name, body] of Object.entries(files))
		fs.writeFileSync(path.join(root, name), body);
	fs.chmodSync(root, 0o755);
	fs.writeFileSync(path.join(root, 'nginx.conf'), `
daemon off; worker_processes 2; pid ${root}/pid; error_log ${root}/error.log;
user root;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
	types { text/html html; } open_file_cache max=100 inactive=600s;
	client_body_temp_path ${root}/t1; proxy_temp_path ${root}/t2; fastcgi_temp_path ${root}/t3;
	uwsgi_temp_path ${root}/t4; scgi_temp_path ${root}/t5;
	server { listen 127.0.0.1:${port}; root ${root}; } }
`);
	return start('nginx', ['-c', `${root}/nginx.conf`], port);
}

async function fossil() {
	const repo = path.join(dir, 'fossil.repo');
	const run = (args, input) => execFileSync('fossil', args,
		{input, stdio: ['pipe', 'ignore', 'inherit'], env: {...process.env, HOME: dir, USER: 'bench'}});
	if (!fs.existsSync(repo)) {
		run(['init', repo]);
		let sql = 'BEGIN;';
		for (let i = 0; i < 1000; i++)
			sql += `INSERT INTO ticket(tkt_uuid,tkt_mtime,tkt_ctime,type,status,subsystem,priority,severity,title,comment)
VALUES(lower(hex(randomblob(20))),2460000+${i}/100.0,2460000,'Code_Defect','Open','','','','Samarbeidsavtale om utskrivning nummer ${i}','');`;
		// The report shows as many of them as make its page the size of ours.
		run(['sql', '-R', repo], `${sql} UPDATE reportfmt SET sqlcode=sqlcode||' LIMIT 75' WHERE rn=1;
UPDATE user SET cap='r' WHERE login='nobody'; COMMIT;`);
	}
	const port = await freePort();
	return start('fossil', ['server', '--localhost', '--port', String(port), repo], port);
}

// --- the table -------------------------------------------------------------------------------------

const us = v => `${v.toFixed(1)} µs`;
function row(measure, mine, yardstick, value, goal, met) {
	rows.push([measure, mine, yardstick, value, goal,
		met === true ? 'met' : met === null ? '-' : met]);
}
function most(measure, mine, yardstick, ratio, goal) {
	row(measure, mine, yardstick, `${ratio.toFixed(2)} x`, `<= ${goal} x`,
		ratio <= goal || `missed: ${(ratio / goal).toFixed(2)} times the goal`);
}
function least(measure, mine, yardstick, ratio, goal) {
	row(measure, mine, yardstick, `${ratio.toFixed(2)} x`, `>= ${goal} x`,
		ratio >= goal || `missed: ${(ratio / goal).toFixed(2)} of the goal`);
}

function table() {
	const all = [['measure', 'ours', 'yardstick', 'ratio', 'goal', 'met'], ...rows];
	const width = all[0].map((_, i) => Math.max(...all.map(r => r[i].length)));
	const lines = all.map(r => `| ${r.map((c, k) => c.padEnd(width[k])).join(' | ')} |`);
	lines.splice(1, 0, `|${width.map(w => '-'.repeat(w + 2)).join('|')}|`);
	return lines.join('\n');
}

// The first line of what a command says of itself; whatever stream it says it on.
function version(command, ...args) {
	const p = spawnSync(command, args, {encoding: 'utf8'});
	return `${p.stdout}${p.stderr}`.split('\n')[0].replace(/^(nginx version: |This is )/, '').replace(/ \[.*/, '');
}

// When, on what, how: a figure without these says nothing.
function circumstances(loadBefore) {
	const cpu = `${os.cpus().length} x ${os.cpus()[0].model.trim()}`;
	const memory = `${Math.round(os.totalmem() / 2 ** 30)} GB`;
	const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {encoding: 'utf8'}).stdout.trim();
	return `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit || '-'}: ` +
		`${cpu}, ${memory}, Linux ${os.release()};\n` +
		`${version('nginx', '-v')}, ${version('fossil', 'version')};\n` +
		`medians of ${rounds} interleaved rounds of ${seconds} s; load of the machine before: ${loadBefore}.`;
}

function putInto(file, text) {
	const [before, rest = ''] = fs.readFileSync(file, 'utf8').split(/^## Result\n/m);
	const next = rest.search(/^## /m);
	fs.writeFileSync(file, `${before.trimEnd()}\n\n## Result\n${text}\n${next < 0 ? '' : `\n${rest.slice(next)}`}`);
}

// --- pages -----------------------------------------------------------------------------------------

function targetsOf(s) {
	const me = {Cookie: s.keys.secretary_cookie[0]};
	return [
		{name: 'case page', path: `/t/saker/${s.keys.matter[0]}`, headers: me},
		{name: 'dashboard', path: '/t/min-dag', headers: me},
		{name: 'matrix of 26', path: `/t/gjennomlesning/${s.keys.round[0]}`, headers: me},
		{name: 'list of matters', path: '/t/saker', headers: me},
		{name: 'public front', path: '/t/offentlig'},
		{name: 'public decision', path: `/t/offentlig/vedtak/${s.keys.decision[0]}`},
	];
}

async function pages(servers) {
	const files = {}, jobs = [];
	for (const s of servers)
		for (const t of targetsOf(s)) {
			let got;
			try {
				got = await fetched(s, t);
			} catch (e) {
				say(`  left out: ${e.message}`);
				continue;
			}
			const key = t.name.replaceAll(' ', '-');
			jobs.push({...t, server: s, key: `${key}/${s.n}`, bytes: got.body.length});
			if (s.n !== sizes[0])
				continue;
			files[`${key}.html`] = got.body;
			jobs.push({name: t.name, nginx: true, path: `/${key}.html`, key: `${key}/nginx`});
			if (t.name === 'public front' && got.etag) {
				jobs.push({...t, name: '304', server: s, key: '304/ours', bytes: 0,
					headers: {'If-None-Match': got.etag}});
				jobs.push({name: '304', nginx: true, path: `/${key}.html`, key: '304/nginx', conditional: true});
			}
		}
	const web = await nginx(files), list = await fossil();
	jobs.push({name: 'fossil', server: list, path: '/rptview/1', key: 'fossil'});
	const size = (await fetched(list, {name: 'fossil', path: '/rptview/1'})).body.length;
	for (const j of jobs) {
		if (j.nginx)
			j.server = web;
		if (j.conditional)
			j.headers = {'If-None-Match': (await fetched(web, j)).etag};
		wrkWarm(j);
	}
	const found = {};
	for (let r = 0; r < rounds; r++)
		for (const j of jobs)
			(found[j.key] ??= []).push(wrk(j.server, j));
	await stop(web);
	await stop(list);
	tellPages(jobs, found, size);
}

function wrkWarm(j) {
	const args = ['-t1', '-c8', '-d1s'];
	for (const [name, value] of Object.entries(j.headers ?? {}))
		args.push('-H', `${name}: ${value}`);
	spawnSync('wrk', [...args, `http://127.0.0.1:${j.server.port}${j.path}`]);
}

function tellPages(jobs, found, fossilBytes) {
	const m = key => median(found[key]);
	const goals = {'case page': 10, 'public front': 3, 'public decision': 3};
	const nth = key => sizes.filter(n => found[`${key}/${n}`]);
	for (const j of jobs.filter(x => x.bytes && x.server.n === sizes[0] && !x.key.startsWith('304'))) {
		const key = j.name.replaceAll(' ', '-');
		const mine = m(j.key), file = m(`${key}/nginx`), kb = (j.bytes / 1000).toFixed(0);
		const label = `${j.name} (${kb} KB), CPU a request`;
		if (goals[j.name])
			most(label, us(mine), `nginx ${us(file)}`, mine / file, goals[j.name]);
		else
			row(label, us(mine), `nginx ${us(file)}`, `${(mine / file).toFixed(2)} x`, '-', null);
		for (const n of nth(key).slice(1))
			most(`${j.name}, ${n} matters against ${sizes[0]}`, us(m(`${key}/${n}`)), us(mine),
				m(`${key}/${n}`) / mine, 1.2);
	}
	if (found['304/ours'])
		most('304 of the public front', us(m('304/ours')), `nginx ${us(m('304/nginx'))}`,
			m('304/ours') / m('304/nginx'), 1.5);
	else
		row('304 of the public front', 'no ETag', '', '', '<= 1.5 x', 'missed: there is none');
	const mine = m(`case-page/${sizes[0]}`);
	least(`case page against Fossil's ticket list (${(fossilBytes / 1000).toFixed(0)} KB)`, us(mine),
		`Fossil ${us(m('fossil'))}`, m('fossil') / mine, 25);
}

// --- the rest ------------------------------------------------------------------------------------------

const searchWords = ['avtale', 'samarbeid', 'utskrivning', 'pasient', 'kommune', 'helse', 'møte',
	'protokoll', 'ansvar', 'oppfølging', 'rutine', 'beredskap', 'økonomi', 'tjeneste', 'henvisning'];

// The goal is for 200 000 documents; a matter makes two.
const goalMatters = 100000;

function search(s) {
	const words = [];
	for (let i = 0; i < 300; i++) {
		const take = k => searchWords[(i * 7 + k * 5 + (i >> 3)) % searchWords.length];
		words.push([...Array(1 + i % 3).keys()].map(take).map(encodeURIComponent).join('+'));
	}
	const before = cpu(s.pid), n = 1200;
	const got = client(['search', s.port, n, '/t/sok?q='],
		[...s.keys.secretary_cookie, ...words].join('\n'));
	const each = (cpu(s.pid) - before) / n * 1e6;
	if (got.bad)
		say(`  ${got.bad} searches failed`);
	row(`search, ${s.n} matters, 1-3 words, the whole page, CPU`, us(each), '', '', '-', null);
	const within = s.n <= goalMatters;
	for (const [name, most] of [['p50', 10], ['p99', 50]])
		row(`search, ${s.n} matters, ${name}`, `${got[name].toFixed(2)} ms`, '', '',
			within ? `<= ${most} ms` : '-',
			within ? got[name] <= most || `missed by ${(got[name] - most).toFixed(1)} ms` : null);
}

async function neighbours(s) {
	const target = `/t/saker/${s.keys.matter[0]}`;
	const form = (await fetched(s, {name: 'login', path: '/t/logg-inn'})).body.toString();
	const token = /name="_token" value="([^"]+)"/.exec(form)[1];
	const found = {idle: [], busy: [], file: [], fileBusy: []};
	const web = await nginx({'case-page.html': (await fetched(s,
		{name: 'case page', path: target, headers: {Cookie: s.keys.contact_cookie[0]}})).body});
	let logins = 0;
	const ask = (into, port, what, slow) => {
		const got = client(['idle', port, what, seconds * 2, slow, s.port],
			[...s.keys.contact_cookie.slice(0, 24), token].join('\n'));
		found[into].push(got.p99);
		logins += got.logins;
		if (got.bad)
			say(`  ${got.bad} of them were not what they should be`);
	};
	for (let r = 0; r < rounds; r++) {
		ask('idle', s.port, target, 0);
		ask('busy', s.port, target, 3);
		ask('file', web.port, '/case-page.html', 0);
		ask('fileBusy', web.port, '/case-page.html', 3);
	}
	await stop(web);
	say(`  ${logins} logins beside`);
	const m = name => median(found[name]);
	most("others' p99 beside three who log in", `${m('busy').toFixed(2)} ms`,
		`idle ${m('idle').toFixed(2)} ms`, m('busy') / m('idle'), 1.5);
	row("  nginx's file, while the same three log in with us", `${m('fileBusy').toFixed(2)} ms`,
		`idle ${m('file').toFixed(2)} ms`, `${(m('fileBusy') / m('file')).toFixed(2)} x`, '-', null);
}

function durable(s) {
	const disk = [], one = [], many = [], shares = [], spent = [];
	const tokens = s.keys.secretary_token.join('\n');
	for (let r = 0; r < rounds; r++) {
		disk.push(client(['disk', path.join(dir, 'disk'), 2]).rate);
		const a = client(['write', s.port, 1, seconds, s.keys.matter[0]], tokens);
		const before = cpu(s.pid);
		const b = client(['write', s.port, 16, seconds, s.keys.matter[0]], tokens);
		spent.push((cpu(s.pid) - before) / b.n * 1e6);
		one.push(a.rate);
		many.push(b.rate);
		shares.push(b.most / b.least);
	}
	const raw = `disk ${median(disk).toFixed(0)}/s`;
	least('durable answers, 1 client', `${median(one).toFixed(0)}/s`, raw, median(one) / median(disk), 0.5);
	least('durable answers, 16 clients', `${median(many).toFixed(0)}/s`, raw, median(many) / median(disk), 0.8);
	most('  largest share by the smallest', '', '', median(shares), 2);
	row('  CPU a durable answer', us(median(spent)), '', '', '-', null);
}

function memory(s) {
	const mb = memoryMB(s.pid);
	row(`memory of its own, ${s.n} matters, after the above`, `${mb.toFixed(0)} MB`, '', '', '<= 128 MB',
		mb <= 128 || `missed by ${(mb - 128).toFixed(0)} MB`);
}

function starts(servers) {
	for (const s of servers)
		row(`start to first 200, ${s.n} matters`, `${s.first.toFixed(0)} ms`, '', '', '<= 500 ms',
			s.first <= 500 || `missed by ${(s.first - 500).toFixed(0)} ms`);
}

async function main() {
	const servers = [], began = Date.now();
	const loadBefore = os.loadavg().map(v => v.toFixed(1)).join(' ');
	if (only.includes('load')) {
		sizes.forEach(dataOf);
		return;
	}
	for (const n of sizes)
		servers.push(await ours(n));
	const largest = servers[servers.length - 1];
	starts(servers);
	if (wants('pages'))
		await pages(servers);
	if (wants('search'))
		servers.filter(s => s === largest || s.n === goalMatters).forEach(search);
	if (wants('memory'))
		memory(largest);
	if (wants('neighbours'))
		await neighbours(servers[0]);
	for (const s of servers)
		await stop(s);
	if (wants('durable')) {
		const s = await ours(sizes[0], copyOf(sizes[0]));
		durable(s);
		await stop(s);
	}
	const result = `${circumstances(loadBefore)}\n\n${table()}`;
	console.log(`\n${result}`);
	const file = path.join(dir, `result-${new Date().toISOString().slice(0, 10)}.md`);
	fs.writeFileSync(file, `${result}\n`);
	say(`\nalso in ${file}; ${((Date.now() - began) / 60000).toFixed(1)} minutes`);
	if (option('into'))
		putInto(option('into'), result);
}

process.on('exit', () => children.forEach(p => p.kill('SIGKILL')));
await main();
