/*
 * Typing as the keyboards of phones and input methods do it: a word grows in a composition, is replaced by
 * what the keyboard suggests, and is deleted from behind. It must come to the text as it was seen.
 */
import { run } from "./browser.mjs";
import { article, body, editPage, leave, move, point, press } from "./writing.mjs";

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/* A keyboard that composes: each call is what it sends to the page. */
async function keyboard(page) {
	const line = await page.context().newCDPSession(page);
	const compose = (text) => line.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });

	return {
		/* The word grows by a letter at a time; then it stands. */
		async word(text, as = text) {
			for (let i = 1; i <= text.length; i++)
				await compose(text.slice(0, i));
			await line.send("Input.insertText", { text: as });
		},
		/* A word that is thought better of: it shrinks to nothing. */
		async givenUp(text) {
			for (let i = text.length; i >= 0; i--)
				await compose(text.slice(0, i));
		},
		enter: () => page.keyboard.press("Enter"),
		back: () => page.keyboard.press("Backspace"),
	};
}

async function compose(page) {
	const keys = await keyboard(page);

	await keys.word("Элчихонада");
	await keys.word(" кабул", " қабул");
	await keys.givenUp("нотўғри");
	await keys.word(" куни");
	await keys.enter();
	await keys.word("Oʻzbekcha matn");
	await keys.back();
	await keys.word("nlar");
}

async function save(page) {
	await page.fill("[name=comment]", "Terildi");
	await press(page, "save");
}

async function inTheTextarea(world, check) {
	const one = await article(world, "Terilgan matn", "");
	const page = await editPage(world, "anna", one.id, PHONE);

	await page.tap("#body");
	await compose(page);
	check.equal(await page.inputValue("#body"), "Элчихонада қабул куни\nOʻzbekcha matnlar", "as it was typed");
	await save(page);
	check.equal((await body(world, one.id)).trim(), "Элчихонада қабул куни\nOʻzbekcha matnlar", "as it was saved");
	await leave(page);
}

async function inTheVisualEditor(world, check) {
	const before = "# Bosh\n\n* birinchi\n* ikkinchi\n\nOxirgi  satr\\\nva yana\n";
	const one = await article(world, "Terilgan ikkinchi matn", before);
	const page = await editPage(world, "anna", one.id, PHONE);

	await page.tap("[data-visual]");
	await page.waitForSelector("#visual");
	await point(page.locator("#visual li").nth(1), "tap");
	await move(page, "End");
	await page.keyboard.press("Enter");
	await compose(page);
	check.equal(await page.locator("#visual li").allInnerTexts().then((all) => all.map((text) => text.trim())),
		["birinchi", "ikkinchi", "Элчихонада қабул куни", "Oʻzbekcha matnlar"], "each line is an item");
	await save(page);
	check.equal((await body(world, one.id)).trim(),
		"# Bosh\n\n* birinchi\n* ikkinchi\n* Элчихонада қабул куни\n* Oʻzbekcha matnlar\n\nOxirgi  satr\\\nva yana",
		"what was typed is there, and all else as it was");
	check.equal(page.faults, [], "the policy of the page refuses nothing");
	await leave(page);
}

/* What stands bold before the place goes on bold; a composition neither doubles it nor loses its mark. */
async function insideAMark(world, check) {
	const one = await article(world, "Terilgan uchinchi matn", "Muddat **besh** kun.\n");
	const page = await editPage(world, "bek", one.id, PHONE);

	await page.tap("[data-visual]");
	await page.waitForSelector("#visual strong");
	await point(page.locator("#visual p"), "tap");
	await move(page, "Home");
	await move(page, "ArrowRight", "Muddat besh".length);
	const keys = await keyboard(page);
	await keys.word(" ish");
	await save(page);
	check.equal((await body(world, one.id)).trim(), "Muddat **besh ish** kun.", "the mark goes on");
	await leave(page);
}

await run([inTheTextarea, inTheVisualEditor, insideAMark]);
