/*
 * Texts and messages that are kept while they are written, on pages that are left, reloaded, offline or open
 * twice.
 */
import { follow, run } from "./browser.mjs";
import { article, body, editPage, keeping, leave, press } from "./writing.mjs";

async function keepsWhatIsTyped(world, check) {
	const { id } = await article(world, "Kept", "old text");
	let page = await world.page("anna");

	await page.clock.install();
	await page.goto(`${world.origin}/a/${id}/edit`);
	await page.focus("#body");
	await page.keyboard.press("Control+End");
	await page.keyboard.type(" and new words");
	check.equal(await keeping(page), 200, "the server keeps the text every 15 seconds");
	await page.locator("#draft-state", { hasText: /\d\d:\d\d/ }).waitFor();
	check.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0,
		"nothing stays in the browser");
	const other = await editPage(world, "bek", id);
	check.equal(await other.locator("aside a[href='/p/anna']").count(), 1, "others are told who is writing");
	await other.close();
	let asked = "";
	page.on("dialog", (dialog) => {
		asked = dialog.type();
		dialog.accept();
	});
	await page.goto(`${world.origin}/`);
	check.equal(asked, "beforeunload", "leaving asks first");
	await page.close();

	page = await editPage(world, "anna", id);
	check.equal(await page.inputValue("#body"), "old text", "the form begins with what is saved");
	await follow(page, "main a[href*='draft=']");
	check.equal(await page.inputValue("#body"), "old text and new words", "the unsaved text is offered");
	await page.fill("[name=comment]", "Words");
	await press(page, "save");
	check.equal(await body(world, id), "old text and new words", "and saved");
	await page.goto(`${world.origin}/a/${id}/edit`);
	check.equal(await page.locator("main a[href*='draft=']").count(), 0, "after saving it is gone");
	check.equal(await page.locator("aside a[href='/p/anna']").count(), 0, "nobody is told of oneself");
	await page.close();
}

async function keepsNewArticles(world, check) {
	const page = await world.page("bek");
	const keep = async (words) => {
		await page.focus("#body");
		await page.keyboard.type(words);
		await keeping(page);
		await page.locator("#draft-state", { hasText: /\d\d:\d\d/ }).waitFor();
	};
	page.on("dialog", (dialog) => dialog.accept());
	await page.clock.install();
	await page.goto(`${world.origin}/new`);
	await page.fill("[name=title]", "Brand new");
	await keep("first");
	await keep(" second");
	await page.goto(`${world.origin}/`);
	const drafts = page.locator("main a[href*='draft=']");
	check.equal(await drafts.count(), 1, "a new article is kept once, however often");
	await follow(page, "main a[href*='draft=']");
	check.equal(await page.inputValue("#body"), "first second", "with its last words");
	await page.click("[value=save]");
	await page.waitForURL(/\/a\//);
	await page.goto(`${world.origin}/`);
	check.equal(await drafts.count(), 0, "making it drops the draft");
	await page.close();
}

async function saysWhenNothingIsKept(world, check) {
	const { id } = await article(world, "Unreachable", "text");
	const page = await world.page("anna");

	await page.clock.install();
	await page.goto(`${world.origin}/a/${id}/edit`);
	await page.route("**/draft", (route) => route.abort());
	await page.focus("#body");
	await page.keyboard.type("more ");
	await page.clock.fastForward(16000);
	const state = page.locator("#draft-state");
	await page.waitForFunction(() => document.querySelector("#draft-state").textContent);
	check.equal(await state.textContent(), await state.getAttribute("data-failed"), "a fault is said");
	await page.unroute("**/draft");
	check.equal(await keeping(page), 200, "and tried again");
	await leave(page);
}

/* Without a connection a browser throws the page away that it cannot send: then nothing is sent. */
async function staysWithoutConnection(world, check) {
	const { id } = await article(world, "Cut off", "text");
	const page = await editPage(world, "anna", id);
	const away = /\/(draft|edit|talk|health)$/; /* the server, behind a proxy that is there */
	const failed = (selector) => page.waitForFunction((state) => {
		const element = document.querySelector(state);

		return element && element.textContent === element.dataset.failed;
	}, selector);

	await page.fill("#body", "text that must not be lost");
	await page.fill("[name=comment]", "Words");
	await page.context().setOffline(true);
	await page.click("[value=save]");
	await failed("#draft-state");
	check.equal(await page.inputValue("#body"), "text that must not be lost", "one stays, with the text");
	await page.context().setOffline(false);
	await page.route(away, (route) => route.fulfill({ status: 502, body: "<h1>Bad Gateway</h1>" }));
	await page.fill("#body", "text that must not be lost either");
	const refused = page.waitForResponse((reply) => reply.status() === 502);
	await page.click("[value=save]");
	await (await refused).finished();
	await page.waitForSelector("form#edit:not([aria-busy])");
	await failed("#draft-state");
	check.equal(await page.inputValue("#body"), "text that must not be lost either", "nor to a proxy alone");
	await page.unroute(away);
	await press(page, "save");
	check.equal(await body(world, id), "text that must not be lost either", "and saves when there is one again");
	await page.goto(`${world.origin}/a/${id}/edit`);
	check.equal(await page.locator("main a[href*='draft=']").count(), 0, "nothing is left behind");
	await page.goto(`${world.origin}/a/${id}/talk`);
	await page.fill("[name=title]", "Question");
	await page.fill("#body", "A message");
	await page.context().setOffline(true);
	await page.click("main form.stack button");
	await failed("#draft-state");
	check.equal(await page.inputValue("#body"), "A message", "messages too");
	await page.context().setOffline(false);
	await follow(page, "main form.stack button");
	check.equal(await page.locator(".post", { hasText: "A message" }).count(), 1, "and are sent");
	check.equal(page.faults, [], "nothing to report");
	await page.close();
}

/* What was begun is offered again where it was begun, and no longer once it is sent or thrown away. */
async function keepsMessages(world, check) {
	const { id } = await article(world, "Talk", "text");
	const talk = `${world.origin}/a/${id}/talk`;
	const page = await world.page("anna");
	const again = async (address) => {
		await page.goto(address);
		return page.inputValue("#body");
	};

	page.on("dialog", (dialog) => dialog.accept());
	await page.clock.install();
	await page.goto(talk);
	await page.fill("[name=title]", "Begun");
	await page.fill("#body", "half a quest");
	check.equal(await keeping(page), 200, "a new thread is kept while one writes");
	check.equal(await again(talk), "half a quest", "and is offered again");
	check.equal(await page.inputValue("[name=title]"), "Begun", "with its title");
	await page.fill("#body", "half a question");
	await follow(page, "main form[data-draft] button");
	const thread = page.url();
	check.equal(await again(talk), "", "what was sent is not offered");
	await page.goto(thread);
	await page.fill("#body", "half an ans");
	check.equal(await keeping(page), 200, "an answer is kept");
	check.equal(await again(talk), "", "where it belongs");
	check.equal(await again(thread), "half an ans", "there it is offered");
	const quote = `${thread}?quote=1`;
	check.equal((await again(quote)).split("> half a question").length, 2, "a quotation comes below");
	await page.type("#body", "!");
	check.equal(await keeping(page), 200, "both are kept");
	check.equal((await again(quote)).split("> half a question").length, 2, "it comes once");
	await page.goto(thread);
	await page.fill("#body", "");
	check.equal(await keeping(page), 200, "what is emptied");
	check.equal(await again(thread), "", "is not offered");
	const other = await world.page("bek");
	await page.fill("#body", "mine alone");
	await keeping(page);
	await other.goto(thread);
	check.equal(await other.inputValue("#body"), "", "nor to others");
	await follow(other, "main form[action$='/resolve'] button");
	check.equal(await again(thread), "mine alone", "nor lost because the thread was solved");
	await follow(page, "form[action='/drafts/drop'] button");
	check.equal(await page.locator("#body").count(), 0, "discarded, the solved thread is closed");
	check.equal(page.faults, [], "nothing to report");
	await other.close();
	await page.close();
}

async function keepsAllFields(world, check) {
	const { id } = await article(world, "Side", "text");
	const page = await world.page("anna");

	await page.clock.install();
	await page.goto(`${world.origin}/a/${id}/edit`);
	await page.focus("#tags");
	await page.keyboard.type("one, two");
	check.equal(await keeping(page), 200, "fields beside the form are kept as well");
	await page.selectOption("select[name=lang]", "ru");
	await page.fill("#body", "Матн ".repeat(20000));
	const long = page.waitForResponse((reply) => reply.url().endsWith("/draft"));
	await page.evaluate(() => {
		Object.defineProperty(document, "visibilityState", { value: "hidden" });
		dispatchEvent(new Event("visibilitychange"));
	});
	check.equal((await long).status(), 200, "a long text too, when the window is left");
	await leave(page);
	const other = await editPage(world, "anna", id);
	await follow(other, "main a[href*='draft=']");
	check.equal([await other.inputValue("#tags"), await other.inputValue("select[name=lang]"),
		(await other.inputValue("#body")).length], ["one, two", "ru", 100000], "and all of it comes back");
	await other.close();
}

/* A text that waits is not written over by whoever begins anew, and not dropped by what else is saved. */
async function keepsOlderTexts(world, check) {
	const { id } = await article(world, "Older", "text");
	const page = await world.page("anna");
	const type = async (words) => {
		await page.goto(`${world.origin}/a/${id}/edit`);
		await page.fill("#body", words);
		await keeping(page);
	};

	page.on("dialog", (dialog) => dialog.accept());
	await page.clock.install();
	await type("text with an hour of work");
	await type("text, a slip mended");
	await page.fill("[name=comment]", "Slip");
	await press(page, "save");
	await page.goto(`${world.origin}/a/${id}/edit`);
	const offers = page.locator("main a", { hasText: "Continue with it" });
	check.equal(await offers.count(), 1, "the other text still waits");
	await follow(page, "main a[href*='do=diff']");
	check.equal(await page.locator("#preview table.diff").count(), 1, "it can be compared");
	check.equal(await page.inputValue("#body"), "text with an hour of work", "and gone on with");
	await page.close();
}

await run([keepsWhatIsTyped, keepsNewArticles, saysWhenNothingIsKept, staysWithoutConnection, keepsMessages,
	keepsAllFields, keepsOlderTexts]);
