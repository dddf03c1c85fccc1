/* What tests of writing share: an article, its form, and how that is left, sent and kept. */
import { follow } from "./browser.mjs";

export async function article(world, title, body) {
	const made = await world.api("anna", "POST", "articles", { space: "desk", title, body });

	return made.json;
}

export const body = async (world, id) => (await world.api("anna", "GET", `articles/${id}`)).json.body;

export async function editPage(world, login, id, options) {
	const page = await world.page(login, options);

	await page.goto(`${world.origin}/a/${id}/edit`);
	return page;
}

/* Only a page whose text is saved is left without a question. */
export async function leave(page) {
	page.on("dialog", (dialog) => dialog.accept());
	await page.close();
}

/* The button of the form that does this. */
export const press = (page, act) => follow(page, `[value=${act}]`);

/* Past the pause after which a text is kept: what the server said to it. */
export async function keeping(page) {
	const kept = page.waitForResponse((reply) => reply.url().endsWith("/draft"));

	await page.clock.fastForward(16000);
	const reply = await kept;
	await reply.finished();
	return reply.status();
}

/*
 * Point at a place of the visual editor. The editor hears of it with the next event, which no hand
 * forestalls: keys that come sooner would be taken for where the caret was before.
 */
export async function point(place, how = "click") {
	await place.evaluate((element) => {
		window.pointed = new Promise((done) => document.addEventListener("selectionchange",
			() => element.contains(getSelection().anchorNode) && done()));
	});
	await place[how]();
	await place.page().evaluate(() => window.pointed);
}

/* So it is with a key that moves the caret or selects: the editor has heard of it when this returns. */
export async function move(page, key, times = 1) {
	for (let i = 0; i < times; i++)
		await page.keyboard.press(key);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}
