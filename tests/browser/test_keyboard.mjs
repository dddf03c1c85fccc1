/*
 * With the keyboard alone: sign in, search with completion, read, edit, reply, grant; menus and keys; and
 * wherever the focus goes, it is seen.
 */
import { follow, password, run } from "./browser.mjs";
import { active, enter, tabTo, unseen } from "./keys.mjs";
import { LANGUAGES } from "./pages.mjs";

async function signsIn(world, check) {
	const page = await world.page(null);

	await page.goto(`${world.origin}/login`);
	await tabTo(page, "[name=login]");
	await page.keyboard.type("anna");
	await page.keyboard.press("Tab");
	await page.keyboard.type(password);
	await enter(page);
	check.equal(new URL(page.url()).pathname, "/", "signed in");
	await page.context().close();
}

async function skips(world, check) {
	const page = await world.page("anna");

	await page.goto(`${world.origin}/changes`);
	await page.keyboard.press("Tab");
	check.equal(await active(page, "class"), "skip", "the first stop skips the header");
	check.equal(await unseen(page), null, "and is seen");
	await page.keyboard.press("Enter");
	check.equal(await active(page), "main", "to the content");
	await page.context().close();
}

async function phonesBeginWithoutKeyboard(world, check) {
	const page = await world.page("anna", { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });

	await page.goto(`${world.origin}/`);
	await page.waitForLoadState("networkidle");
	check.that(await active(page) !== "q", "no keyboard covers the first page");
	await page.context().close();
}

async function opensMenus(world, check) {
	const page = await world.page("anna");

	await page.goto(`${world.origin}/`);
	await tabTo(page, ".menu summary");
	await page.keyboard.press("Enter");
	check.that(await page.isVisible(".menu__list"), "Enter opens the menu");
	await page.keyboard.press("Tab");
	check.equal(await active(page, "href"), "/p/anna", "Tab goes into it");
	await page.keyboard.press("Escape");
	check.that(!await page.isVisible(".menu__list"), "Esc closes it");
	check.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY", "and goes back to the button");
	await page.context().close();
}

/* Options of the open list that lie under something else, or are cut off. */
const hidden = (page) => page.evaluate(() => [...document.querySelectorAll(".popup:not([hidden]) li")].filter((option) => {
	const frame = option.getBoundingClientRect();

	return !option.contains(document.elementFromPoint(frame.left + frame.width / 2, frame.top + frame.height / 2));
}).map((option) => option.textContent));

async function searches(world, check) {
	for (let i = 1; i < 4; i++)
		await world.api("anna", "POST", "articles", { space: "desk", title: `Apostille ${i}`, body: "An apostille." });
	world.cli(["index", "--wait"]);
	const page = await world.page("anna");

	await page.goto(`${world.origin}/changes`);
	await page.keyboard.press("Slash");
	check.equal(await active(page), "q", "/ goes to the search");
	await page.goto(`${world.origin}/`);
	check.equal(await active(page), "q", "the first page begins there");
	await page.keyboard.press("Slash");
	check.equal(await page.inputValue("#q"), "", "so / changes nothing");
	await page.keyboard.type("Apost");
	await page.waitForSelector("#q[aria-expanded=true]");
	check.that(/\d/.test(await page.textContent("#live")), "how many there are is said");
	check.equal(await page.getAttribute("[role=listbox]", "aria-label"), (await page.textContent("label[for=q]")).trim(),
		"the list is called as its field is");
	await page.keyboard.press("ArrowDown");
	const option = await page.getAttribute("#q", "aria-activedescendant");
	check.equal(await page.getAttribute(`#${option}`, "aria-selected"), "true", "arrows choose");
	check.equal(await hidden(page), [], "the whole list is seen");
	await page.keyboard.press("Escape");
	check.equal(await page.getAttribute("#q", "aria-expanded"), "false", "Esc closes the list");
	check.equal(await page.inputValue("#q"), "Apost", "and leaves what was typed");
	await page.keyboard.type("ille");
	await enter(page);
	await page.keyboard.press("KeyJ");
	await page.keyboard.press("KeyJ");
	check.equal(await active(page, "text"), await page.locator(".hits h2 a").nth(1).textContent(), "j goes down");
	await page.keyboard.press("KeyK");
	check.equal(await active(page, "text"), await page.locator(".hits h2 a").nth(0).textContent(), "k goes up");
	await enter(page);
	check.that(new URL(page.url()).pathname.startsWith("/a/"), "Enter opens it");
	await page.keyboard.press("Slash");
	await page.keyboard.press("Control+a");
	await page.keyboard.type("Apostille 2");
	await page.waitForFunction(() => document.querySelectorAll("#q + .popup:not([hidden]) li").length === 1);
	await page.keyboard.press("ArrowDown");
	check.equal(await hidden(page), [], "also below the field of the header");
	await enter(page);
	check.equal(await page.textContent("h1"), "Apostille 2", "what was chosen opens at once");
	check.equal(page.faults, [], "nothing to report");
	await page.context().close();
}

async function editsAndReplies(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "By keys", body: "old" });
	const page = await world.page("anna");

	await page.goto(`${world.origin}/a/${json.id}`);
	await Promise.all([page.waitForURL(/\/edit$/), page.keyboard.press("KeyE")]);
	await tabTo(page, "#body");
	await page.keyboard.press("Control+a");
	await page.keyboard.type("new words");
	await tabTo(page, "#comment");
	await page.keyboard.type("New");
	await tabTo(page, "[value=preview]");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#preview .text");
	check.equal(await active(page), "preview", "the preview has the focus");
	await page.focus("#body");
	await Promise.all([page.waitForURL((url) => !url.pathname.endsWith("/edit")), page.keyboard.press("Control+Enter")]);
	check.equal((await page.textContent("article")).trim(), "new words", "saved");
	await Promise.all([page.waitForURL(/\/history$/), page.keyboard.press("KeyH")]);
	await page.goto(`${world.origin}/a/${json.id}/talk`);
	await tabTo(page, "[name=title]");
	await page.keyboard.type("Asked by keys");
	await page.keyboard.press("Tab");
	await page.keyboard.type("Is it?");
	await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
	await tabTo(page, "#body");
	await page.keyboard.type("It is.");
	await Promise.all([page.waitForEvent("load"), page.keyboard.press("Control+Enter")]);
	check.equal(await page.locator(".post").count(), 2, "asked and answered");
	check.equal(page.faults, [], "nothing to report");
	await page.context().close();
}

async function grantsAccess(world, check) {
	world.cli(["group", "add", "heads"]);
	world.cli(["group", "add", "guests", "--name", "Guests"]);
	world.cli(["grant", "desk", "heads", "manage"]);
	world.cli(["group", "member", "heads", "bek"]);
	const page = await world.page("bek");

	await page.goto(`${world.origin}/s/desk/settings`);
	await tabTo(page, "#group");
	await page.keyboard.type("Guests");
	await page.keyboard.press("Tab");
	await tabTo(page, "form[action$='/grant'] button");
	await enter(page);
	check.that((await page.textContent(".facts")).includes("Guests"), "the effect is shown");
	await tabTo(page, "main form button");
	await enter(page);
	check.equal(await page.locator("table a[href='/g/guests']").count(), 1, "granted");
	await page.context().close();
}

/* Errors take the focus and lead to their fields. */
async function findsErrors(world, check) {
	const page = await world.page("anna");

	await page.goto(`${world.origin}/settings/profile`);
	await page.goto(`${world.origin}/new`);
	await page.fill("[name=title]", " ");
	await tabTo(page, "[value=save]");
	await enter(page);
	check.equal(await active(page), "errors", "the list of errors has the focus");
	await tabTo(page, "#errors a");
	await page.keyboard.press("Enter");
	check.equal(await active(page), "title", "its link leads to the field");
	check.equal(await active(page, "aria-invalid"), "true", "which says that it is wrong");
	await page.goto(`${world.origin}/settings/password`);
	await page.fill("[name=current]", password);
	await page.fill("[name=password]", "short");
	await page.fill("[name=again]", "short");
	await page.press("[name=again]", "Enter");
	await page.waitForSelector("#errors");
	const said = await page.evaluate(() => document.querySelector("[name=password]").getAttribute("aria-describedby")
		.split(" ").map((id) => document.getElementById(id).textContent.trim().length > 0));
	check.equal(said, [true, true], "what is wrong and what is asked for are both said");
	await page.context().close();
}

/* Every stop of the Tab key, in light and in dark, below the header that stays. */
async function focusIsSeen(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "Stops",
		body: `${"[[Apostille 1]] and words.\n\n".repeat(30)}## One\n\n## Two\n` });

	for (const colorScheme of ["light", "dark"]) {
		const page = await world.page("anna", { colorScheme, viewport: { width: 1280, height: 600 } });

		for (const path of [`/a/${json.id}`, `/a/${json.id}/edit`, "/search?q=apostille", "/settings", "/glossary"]) {
			await page.goto(world.origin + path);
			const faults = [];
			let stops = 0;

			await page.keyboard.press("Tab");
			while (await page.evaluate(() => document.activeElement !== document.body) && stops++ < 120) {
				faults.push(await unseen(page));
				await page.keyboard.press("Tab");
			}
			check.equal(faults.filter(Boolean), [], `focus on ${path}, ${colorScheme}`);
			check.that(stops > 10, `there are stops on ${path}`);
		}
		await page.context().close();
	}
}

/* The letters of the keys stand at the same place in every layout: what counts is the place. */
async function inEveryLayout(world, check) {
	const page = await world.page("anna");

	for (const lang of LANGUAGES) {
		await page.goto(`${world.origin}/`);
		await follow(page, `.langs button[lang=${lang}]`);
		await page.evaluate(() => document.body.dispatchEvent(
			new KeyboardEvent("keydown", { code: "Slash", key: ".", bubbles: true, cancelable: true })));
		check.equal(await active(page), "q", `the key of "/" in a Cyrillic layout, ${lang}`);
	}
	await page.context().close();
}

await run([signsIn, skips, phonesBeginWithoutKeyboard, opensMenus, searches, editsAndReplies, grantsAccess, findsErrors, focusIsSeen,
	inEveryLayout]);
