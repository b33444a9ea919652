// The product as people use it, in Chromium: the thread with and without JavaScript.
//
//	CLOCK_SO=clock.so node test/browser/product.mjs [thread]
import { chromium } from 'playwright-core';
import { Demo } from './demo.mjs';
import { thread } from './thread.mjs';

let passed = 0, failed = 0;

function note(what, wrong) {
	if (wrong.length === 0) { passed++; return; }
	failed++;
	console.log(`FAILED ${what}`);
	for (const line of wrong.slice(0, 12)) console.log(`\t${line}`);
}

async function carried(browser, key, options) {
	const demo = await Demo.start();
	try {
		await thread(note, browser, demo.space(key), options);
	} finally {
		demo.stop();
	}
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync', '--force-color-profile=srgb'],
});
const ways = { ostfold: {}, 'vestre-viken': { javaScriptEnabled: false } };
await Promise.all(Object.entries(ways).filter(([key]) => !process.argv[3] || process.argv[3] === key).map(([key, options]) => carried(browser, key, options)));
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
