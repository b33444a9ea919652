// The parts, frames and standing pages that `gallery` wrote, in Chromium.
//
//	node test/browser/run.mjs FOLDER [PAGE...]
import fs from 'node:fs';
import path from 'node:path';
import { Harness, checks } from './harness.mjs';

const [dir, ...chosen] = process.argv.slice(2);
const controls = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'controls');
const pages = chosen.length ? chosen : fs.readdirSync(dir).filter((f) => f.endsWith('.html'));

fs.cpSync(controls, path.join(dir, 'controls'), { recursive: true });
const h = await Harness.start({ dir });
for (const page of pages) await h.page(`/${page.replace('.html', '')}`);
if (!chosen.length)
	for (const check of Object.keys(checks)) await h.control(`/controls/${check}.html`, check);
await h.stop();
