/*
 * Answers that come late, as over a slow line: what was chosen, typed, left or asked in the meantime counts.
 */
import { run } from "./browser.mjs";
import { article, editPage, leave, move } from "./writing.mjs";

const shows = (page, count) => page.waitForFunction(
	(most) => document.querySelectorAll(".popup:not([hidden]) li").length === most, count);

/* Answers of suggestions from now on wait until the function that comes back is called. */
async function hold(page) {
	const waiting = [];
	let asked;
	const first = new Promise((done) => { asked = done; });

	await page.route("**/suggest?*", async (route) => {
		const answer = await route.fetch();

		waiting.push(() => route.fulfill({ response: answer }));
		asked();
	});
	return async () => {
		await first;
		await page.unroute("**/suggest?*");
		await Promise.all(waiting.map((answer) => answer().catch(() => {})));
		/* Another answer, so that the page has had those before it. */
		await page.evaluate(() => fetch("/health").then((reply) => reply.text()));
	};
}

async function theChosenIsTaken(world, check) {
	for (let i = 1; i < 4; i++)
		await article(world, `Apostille ${i}`, "An apostille.");
	world.cli(["index", "--wait"]);
	const page = await world.page("anna");
	const chosen = () => page.evaluate(() => document.querySelector(".popup [aria-selected=true]")?.textContent ?? null);

	await page.goto(`${world.origin}/changes`);
	await page.focus("#q");
	await page.keyboard.type("Apostille");
	await shows(page, 3);
	for (let i = 0; i < 3; i++)
		await page.keyboard.press("ArrowDown");
	const last = await chosen();
	await page.keyboard.type(` ${/\d/.exec(last)[0]}`);
	await shows(page, 1);
	check.equal(await chosen(), last, "what was chosen stays chosen in a shorter list");
	await page.keyboard.press("Backspace");
	await shows(page, 3);
	check.equal(await chosen(), last, "and in a longer one");
	await page.keyboard.type(`${(Number(/\d/.exec(last)[0]) % 3) + 1}`);
	await shows(page, 1);
	check.equal(await chosen(), null, "where it is no longer offered nothing is chosen");
	check.equal(await page.getAttribute("#q", "aria-activedescendant"), null, "nor said to be");
	await Promise.all([page.waitForURL(/\/search\?/), page.keyboard.press("Enter")]);
	check.that(true, "Enter searches for what was typed");
	check.equal(page.faults, [], "nothing breaks");
	await page.context().close();
}

async function whatWasLeftStaysClosed(world, check) {
	const page = await world.page("anna");

	await page.goto(`${world.origin}/changes`);
	const answer = await hold(page);
	await page.focus("#q");
	await page.keyboard.type("Apost");
	await page.keyboard.press("Tab");
	await answer();
	check.equal(await page.locator(".popup:not([hidden])").count(), 0, "no list below a field that was left");
	await page.context().close();
}

async function whatWasTypedOnStays(world, check) {
	const { id } = await article(world, "Late", "x");

	for (const visual of [false, true]) {
		const page = await editPage(world, "anna", id);
		const place = visual ? "#visual" : "#body";

		if (visual) {
			await page.click("[data-visual]");
			await page.waitForSelector("#visual");
		} else {
			await page.fill("#body", "");
		}
		await page.focus(place);
		await move(page, "Control+a");
		await page.keyboard.press("Delete");
		const answer = await hold(page), asked = page.waitForRequest(/suggest/);
		await page.keyboard.type("[[Apost");
		await asked;
		await page.keyboard.type("olic]]");
		await answer();
		check.equal(await page.locator(".popup:not([hidden])").count(), 0, `an answer to what stands there no longer, ${place}`);
		await page.keyboard.press("Enter");
		await page.keyboard.type("next");
		check.that(/^\[\[Apostolic\]\]\n+next\n*$/.test(await page.inputValue("#body")),
			`takes the place of nothing: ${await page.inputValue("#body")}`);
		check.equal(page.faults, [], "nothing breaks");
		await leave(page);
	}
}

async function theLastPreviewCounts(world, check) {
	const { id } = await article(world, "Two previews", "first");
	const page = await editPage(world, "anna", id);
	const held = [];
	let both;
	const asked = new Promise((done) => { both = done; });

	await page.route("**/edit", async (route) => {
		const answer = await route.fetch();

		held.push(() => route.fulfill({ response: answer }));
		if (held.length === 2)
			both();
	});
	await page.click("[value=preview]");
	await page.fill("#body", "second");
	await page.click("[value=preview]");
	await asked;
	for (const answer of held)
		await answer();
	await page.locator("#preview .text").waitFor();
	await page.evaluate(() => fetch("/health").then((reply) => reply.text()));
	check.equal((await page.textContent("#preview .text")).trim(), "second", "what is shown is what stands in the form");
	await leave(page);
}

await run([theChosenIsTaken, whatWasLeftStaysClosed, whatWasTypedOnStays, theLastPreviewCounts]);
