/*
 * What Word, Excel and Outlook put on the clipboard becomes clean Markdown; nothing of it runs, and the
 * policy of the page has nothing to report. Each paste/NAME.html comes out as paste/NAME.md.
 */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./browser.mjs";
import { move } from "./writing.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "paste");

async function visualPage(world) {
	const page = await world.page("anna");

	await page.goto(`${world.origin}/new`);
	await page.click("[data-visual]");
	await page.waitForSelector("#visual");
	return page;
}

/* The event of a paste, with these kinds of data. */
const paste = (page, kinds, target = "#visual") => page.evaluate(([selector, all]) => {
	const data = new DataTransfer();

	for (const [type, words] of Object.entries(all))
		data.setData(type, words);
	document.querySelector(selector).dispatchEvent(
		new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, [target, kinds]);

async function officeComesClean(world, check) {
	for (const name of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
		const page = await visualPage(world);
		const read = (file) => readFileSync(join(folder, file), "utf8");

		await paste(page, { "text/html": read(name), "text/plain": "as text" });
		check.equal(await page.inputValue("#body"), read(name.replace(".html", ".md")), name);
		check.equal(await page.evaluate(() => window.broken), undefined, `${name}: nothing of it runs`);
		check.equal(page.faults, [], `${name}: nothing to report`);
		await page.close();
	}
}

async function plainStaysPlain(world, check) {
	const page = await visualPage(world);

	await paste(page, { "text/plain": "one *two* <b>\n\n- three" });
	check.equal(await page.inputValue("#body"), "one \\*two\\* \\<b>\n\n\\- three\n", "text comes as text");
	await page.close();
}

async function ownCopiesKeepAll(world, check) {
	const page = await visualPage(world);

	await page.click("[data-visual]");
	await page.fill("#body", "See [[Visa rules|rules]] and [x](https://example.org).\n\n- [x] done\n");
	await page.click("[data-visual]");
	await page.focus("#visual");
	await move(page, "Control+A");
	const html = await page.evaluate(() => {
		const data = new DataTransfer();
		const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });

		document.querySelector("#visual").dispatchEvent(event);
		return data.getData("text/html");
	});
	await page.keyboard.press("Delete");
	await paste(page, { "text/html": html, "text/plain": "-" });
	check.equal(await page.inputValue("#body"), "See [[Visa rules|rules]] and [x](https://example.org).\n\n- [x] done\n",
		"links, tasks and wiki links survive copying");
	check.equal(page.faults, [], "nothing to report");
	await page.close();
}

await run([officeComesClean, plainStaysPlain, ownCopiesKeepAll]);
