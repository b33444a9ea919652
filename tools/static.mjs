// static - gathers what the server serves as files into one folder, for tools/embed.
//
//	node tools/static.mjs OUTDIR
//
// Third-party files come from node_modules (package-lock.json pins them); ours from
// src/web/static. The style sheet is one file: the theme that the design system's own
// tool makes from theme.json, the design system, our parts in the order of their names.
// It asks for Node 20.20 or newer because that tool does.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ours = 'src/web/static';
const out = process.argv[2] ?? die('usage: node tools/static.mjs OUTDIR');
const npm = (name) => path.join('node_modules', name);
const read = (file) => fs.readFileSync(file, 'utf8');

function die(text) {
	console.error(`static: ${text}`);
	process.exit(1);
}

/** The design system's tool leaves its files where it runs: let it run in a folder of its own. */
function theme() {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'theme-'));
	const cli = path.resolve(npm('@digdir/designsystemet/dist/bin/designsystemet.js'));
	const run = (...args) => execFileSync(process.execPath, [cli, 'tokens', ...args], { cwd: dir });
	try {
		run('create', '--config', path.resolve(ours, 'theme.json'));
		run('build', '-o', 'build');
		return read(path.join(dir, 'build', 'rodtrad.css'));
	} finally {
		fs.rmSync(dir, { recursive: true });
	}
}

/** Spacing and comments weigh a fifth of our style sheet; nothing cleverer is done to it. */
const squeeze = (css) => css.replace(/\/\*.*?\*\//gs, '').replace(/\s*\n\s*/g, '\n').trim();

function stylesheet() {
	const parts = fs.readdirSync(path.join(ours, 'css')).sort();
	return [
		'@charset "UTF-8";',
		theme().replace('@charset "UTF-8";', ''),
		read(npm('@digdir/designsystemet-css/dist/src/index.css')),
		...parts.map((part) => read(path.join(ours, 'css', part))),
	].map(squeeze).join('\n');
}

/** icons.txt names Aksel's icons; glyphs/*.svg are our own. */
function sprite() {
	const named = read(path.join(ours, 'icons.txt')).split('\n')
		.map((line) => line.replace(/#.*/, '').trim()).filter(Boolean)
		.map((name) => [name, npm(`@navikt/aksel-icons/dist/svg/${name}.svg`)]);
	const drawn = fs.readdirSync(path.join(ours, 'glyphs')).sort()
		.map((file) => [path.basename(file, '.svg'), path.join(ours, 'glyphs', file)]);
	const symbols = [...named, ...drawn].map(([name, file]) => {
		if (!fs.existsSync(file)) die(`icons.txt: Aksel has no icon ${name}`);
		const inner = read(file).replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, '').replace(/\s*\n\s*/g, '');
		return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner}</symbol>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

/** The licences ask that their text goes with the files. */
function licences() {
	return ['@digdir/designsystemet-css', '@navikt/aksel-icons', '@fontsource-variable/inter', 'htmx.org']
		.map((name) => {
			const file = fs.readdirSync(npm(name)).find((f) => /^licen[cs]e/i.test(f));
			const { version, license } = JSON.parse(read(npm(`${name}/package.json`)));
			return `${name} ${version} (${license})\n\n${file ? read(npm(`${name}/${file}`)).trim() : ''}\n`;
		}).join(`\n${'-'.repeat(72)}\n\n`);
}

const script = (file) => read(npm(file)).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
const font = (subset) =>
	fs.readFileSync(npm(`@fontsource-variable/inter/files/inter-${subset}-opsz-normal.woff2`));

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
for (const [name, content] of Object.entries({
	'rodtrad.css': stylesheet(),
	'ikoner.svg': sprite(),
	'ikon.svg': read(path.join(ours, 'ikon.svg')),
	'inter-latin.woff2': font('latin'),
	'inter-latin-ext.woff2': font('latin-ext'),
	'htmx.min.js': script('htmx.org/dist/htmx.min.js'),
	'hx-sse.min.js': script('htmx.org/dist/ext/hx-sse.min.js'),
	'lisenser.txt': licences(),
}))
	fs.writeFileSync(path.join(out, name), content);
