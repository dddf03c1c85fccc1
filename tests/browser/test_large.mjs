/* Long texts in any script: each letter of Cyrillic has two bytes, and what is sent must not make six of them. */
import { run } from "./browser.mjs";
import { article, body, editPage, keeping, leave, press } from "./writing.mjs";

const MOST = 1024 * 1024;
const bytes = (text) => Buffer.byteLength(text);
const paragraph = `${"Консульский вопрос о возвращении граждан. ".repeat(12)}\n\n`;
const long = (most) => paragraph.repeat(Math.floor(most / bytes(paragraph)));
const LONG = long(MOST - 1000), OF_PROGRAMS = long(MOST - 50000); /* with the signs of JSON around it */

async function aLongTextTravels(world, check) {
	const made = await article(world, "Длинная статья", "Начало.\n");
	const page = await editPage(world, "anna", made.id);
	const sent = [];

	page.on("request", (request) => request.method() === "POST" && sent.push(request.postDataBuffer()?.length));
	check.that(bytes(LONG) > 0.99 * MOST, "nearly as long as an article may be");
	await page.clock.install();
	await page.fill("#body", LONG);
	await page.fill("#comment", "Длинная");
	check.equal(await keeping(page), 200, "it is kept while it is written");
	await page.click("[value=preview]");
	await page.locator("#preview .text").waitFor();
	await press(page, "save");
	check.equal((await body(world, made.id)).trimEnd(), LONG.trimEnd(), "and saved as it was written");
	check.that(sent.length > 2 && sent.every((size) => size < 1.05 * MOST),
		`what is sent is no longer than what was written: ${sent}`);
	await leave(page);
}

/* The page of a conflict carries the text twice: what will be saved, and one's own as it was sent. */
async function aConflictOfLongTexts(world, check, scripts) {
	const made = await article(world, `Спор ${scripts}`, OF_PROGRAMS);
	const page = await editPage(world, "bek", made.id, { javaScriptEnabled: scripts });

	await world.api("anna", "PUT", `articles/${made.id}`, { base: 1, body: OF_PROGRAMS.replace("Консульский", "Паспортный"), comment: "a" });
	await page.fill("#body", OF_PROGRAMS.replace("Консульский", "Визовый"));
	await page.fill("#comment", "b");
	await press(page, "save");
	check.equal(await page.locator("#own").count(), 1, "both changed one place");
	await press(page, "pick");
	check.that((await page.locator("#own").inputValue()).startsWith("Визовый"), "one's own text is still there");
	await press(page, "save");
	check.that((await body(world, made.id)).startsWith("Визовый"), `the conflict of long texts is settled, scripts: ${scripts}`);
	await leave(page);
}

const withScripts = (world, check) => aConflictOfLongTexts(world, check, true);
const withoutScripts = (world, check) => aConflictOfLongTexts(world, check, false);

run([aLongTextTravels, withScripts, withoutScripts]);
