/*
 * Writing in the browser: buttons, keys and completion over the textarea; the visual editor by keyboard;
 * files; conflicts; and all of it without JavaScript.
 */
import { follow, run } from "./browser.mjs";
import { article, body, editPage, leave, move, point, press } from "./writing.mjs";

const select = (page, from, to) => page.evaluate(([a, b]) => {
	const area = document.querySelector("#body");

	area.focus();
	area.setSelectionRange(a, b);
}, [from, to]);

async function buttonsAndKeys(world, check) {
	const { id } = await article(world, "Buttons", "one two\nthree");
	const page = await editPage(world, "anna", id);
	const value = () => page.inputValue("#body");

	await select(page, 4, 7);
	await page.keyboard.press("Control+b");
	check.equal(await value(), "one **two**\nthree", "Ctrl+B makes bold");
	await page.keyboard.press("Control+z");
	check.equal(await value(), "one two\nthree", "and can be undone");
	await select(page, 0, 3);
	await page.keyboard.press("Control+i");
	check.equal(await value(), "*one* two\nthree", "Ctrl+I makes italic");
	await select(page, 0, 16);
	await page.focus("[data-cmd=bold]");
	for (let i = 0; i < 4; i++)
		await page.keyboard.press("ArrowRight");
	check.equal(await page.evaluate(() => document.activeElement.dataset.cmd), "numbers",
		"arrows walk over the buttons");
	await page.keyboard.press("Enter");
	check.equal(await value(), "1. *one* two\n2. three", "Enter presses the button");
	check.equal(await page.locator("[role=toolbar]:not([hidden]) [tabindex='0']").count(), 1,
		"the toolbar is one stop of the Tab key");
	check.equal(page.faults, [], "nothing to report");
	await leave(page);
}

async function completes(world, check) {
	const { id } = await article(world, "Apostille of documents", "x");
	const page = await editPage(world, "anna", id);
	const list = page.locator(".editor .popup:not([hidden])");

	await page.fill("#body", "");
	await page.focus("#body");
	await page.keyboard.type("See [[Apost");
	await list.waitFor();
	check.equal(await list.getAttribute("role"), "listbox", "titles come as a list");
	const active = await page.getAttribute("#body", "aria-activedescendant");
	check.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true",
		"the field names the chosen one");
	await page.keyboard.press("Enter");
	check.equal(await page.inputValue("#body"), "See [[Apostille of documents]]", "Enter takes it");
	await page.keyboard.type(" [[Apost");
	await list.waitFor();
	await page.keyboard.press("Escape");
	await list.waitFor({ state: "detached" });
	check.equal(await page.inputValue("#body"), "See [[Apostille of documents]] [[Apost", "Esc leaves the text");
	await page.fill("#body", "[[Visa]]");
	await select(page, 0, 0);
	await page.keyboard.type("[[Apost");
	await list.waitFor();
	await page.keyboard.press("Enter");
	check.equal(await page.inputValue("#body"), "[[Apostille of documents]][[Visa]]", "also right before another link");
	await leave(page);
}

/* The piece between commas in which one writes, in either script; what stands around it stays. */
async function completesTags(world, check) {
	const tagged = (title, tags) => world.api("anna", "POST", "articles", { space: "desk", title, body: "text", tags });
	const found = (page) => page.locator("#tags + .popup:not([hidden]) li").allTextContents();

	await tagged("Tags one", ["qalamtarosh", "qalamdon"]);
	await tagged("Tags two", ["boʻyoq"]);
	const { id } = await article(world, "Tags", "text");
	world.cli(["index", "--wait"]);
	const page = await editPage(world, "anna", id);
	await page.focus("#tags");
	await page.keyboard.type("qalam");
	await page.waitForSelector("#tags[role=combobox][aria-expanded=true]");
	check.equal(await found(page), ["qalamdon", "qalamtarosh"], "what others have");
	check.equal(await page.textContent("#live"), "2 suggestions, use the arrow keys", "and it is said");
	check.equal(await page.evaluate(() => [...document.querySelectorAll("#tags + .popup li")].every((option) => {
		const frame = option.getBoundingClientRect();

		return option.contains(document.elementFromPoint(frame.left + frame.width / 2, frame.top + frame.height / 2));
	})), true, "nothing covers it");
	await page.keyboard.press("ArrowDown");
	const option = await page.getAttribute("#tags", "aria-activedescendant");
	check.equal(await page.getAttribute(`#${option}`, "aria-selected"), "true", "arrows choose");
	await page.keyboard.press("Enter");
	check.equal(await page.inputValue("#tags"), "qalamdon, ", "ready for the next");
	await page.keyboard.type("own, бўё");
	await page.waitForSelector("#tags[aria-expanded=true]");
	check.equal(await found(page), ["boʻyoq"], "in the other script");
	await page.keyboard.press("Escape");
	check.equal(await page.inputValue("#tags"), "qalamdon, own, бўё", "nothing is taken unasked");
	await page.fill("#tags", "qalamt, own");
	await page.evaluate(() => document.querySelector("#tags").setSelectionRange(5, 5));
	await page.keyboard.type("a");
	await page.keyboard.press("Backspace");
	await page.waitForSelector("#tags[aria-expanded=true]");
	await page.click("#tags + .popup li");
	check.equal(await page.inputValue("#tags"), "qalamtarosh, own", "in the midst of others");
	await page.fill("[name=comment]", "Tags");
	await press(page, "save");
	const { tags } = (await world.api("anna", "GET", `articles/${id}`)).json;
	check.equal([...tags].sort(), ["own", "qalamtarosh"], "and saved");
	check.equal(page.faults, [], "nothing to report");
	await page.context().close();
}

async function visualByKeyboard(world, check) {
	const old = "# Head\n\nA  *b* __c__.\n\n* star\n* list\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n- [ ] task\n";
	const { id } = await article(world, "By keyboard", old);
	let page = await editPage(world, "anna", id);
	const value = () => page.inputValue("#body");

	await page.focus("[data-visual]");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#visual:focus");
	check.equal(await page.getAttribute("#visual", "role"), "textbox", "the editor has a role and a name");
	check.equal(await page.getAttribute("[data-visual]", "aria-pressed"), "true", "the button says so");
	await move(page, "Control+End");
	await page.keyboard.type(" done");
	check.equal(await value(), old.replace("task", "task done"), "one block changed, the others stay");
	await page.keyboard.press("Control+z");
	check.equal(await value(), old, "undoing gives the old bytes back");
	await page.click("#visual li.task input");
	check.equal(await value(), old.replace("[ ]", "[x]"), "a click ticks a task");
	await page.click("#visual td >> nth=1");
	await page.waitForSelector("[data-tools=table]:not([hidden])");
	check.that(true, "a table has its own buttons");
	await move(page, "End");
	await page.keyboard.type("|");
	check.equal(await value(), old.replace("[ ]", "[x]").replace("| x | y |\n|---|---|\n| 1 | 2 |",
		"| x | y |\n| --- | --- |\n| 1 | 2\\| |"), "a cell changed: only the table is written anew");
	await page.click("[data-cmd=column]");
	await page.click("[data-cmd=align]");
	await page.click("[data-cmd=row]");
	check.that((await value()).includes("| x | y |  |"), "columns and rows are added");
	await point(page.locator("#visual p").nth(0));
	await page.click("[data-cmd=heading]");
	check.that((await value()).includes("## A  *b* **c**."), "a paragraph becomes a heading");
	await page.click("[data-visual]");
	const text = await value();
	await page.click("[data-visual]");
	await page.waitForSelector("#visual");
	await page.click("[data-visual]");
	check.equal(await value(), text, "switching there and back changes nothing");
	await page.click("[data-visual]");
	await page.waitForSelector("#visual");
	await page.fill("[name=comment]", "Keyboard");
	await page.focus("#visual");
	await page.keyboard.press("Control+Enter");
	await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
	check.equal(await body(world, id), text, "Ctrl+Enter saves what is shown");
	check.equal(page.faults, [], "nothing to report");
	await page.close();

	page = await editPage(world, "anna", id);
	await page.waitForSelector("#visual");
	check.that(true, "the editor that was used opens first");
	await page.goto(`${world.origin}/settings`);
	await page.selectOption("[name=editor]", "source");
	await follow(page, "form[action='/settings'] button");
	await page.goto(`${world.origin}/a/${id}/edit`, { waitUntil: "networkidle" });
	check.equal(await page.locator("#visual").count(), 0, "unless the settings say otherwise");
	await page.close();
}

async function writesAnew(world, check) {
	const page = await world.page("anna");
	const value = () => page.inputValue("#body");

	await page.goto(`${world.origin}/new`);
	await page.locator("[data-visual]").evaluate((button) => {
		button.click();
		button.click();
	});
	await page.waitForSelector("#visual:focus");
	check.equal(await page.locator("#visual").count(), 1, "pressed twice while it comes, it comes once");
	await page.keyboard.type("## Plan");
	await page.keyboard.press("Enter");
	await page.keyboard.type("- one");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Tab");
	await page.keyboard.type("deeper");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Enter");
	await page.keyboard.press("Enter");
	await page.keyboard.type("# no <i>signs</i> 1*2*3 [[Plan|the plan]] ");
	check.equal(await value(),
		"## Plan\n\n- one\n  - deeper\n\n\\# no \\<i>signs\\</i> 1\\*2\\*3 [[Plan|the plan]]\n",
		"signs are signs, links are links");
	await page.keyboard.press("Enter");
	await page.click("[data-cmd=link]");
	await page.keyboard.type("https://example.org/a_b");
	await page.keyboard.press("Enter");
	await page.keyboard.type(" ");
	check.that((await value()).endsWith("\n\n<https://example.org/a_b>\n"), "a link is set by keyboard");
	await page.click("[data-cmd=task]");
	await page.click("[data-cmd=bold]");
	await page.keyboard.type("bold");
	check.that(/\n\n- \[ \] <https:\/\/example.org\/a_b> \*\*bold\*\*\n$/.test(await value()), await value());
	await leave(page);
}

/* Two people, one line: what both changed is asked for, the rest is merged. */
async function conflicts(world, check, options) {
	const { id } = await article(world, "Conflict", "one\n\ntwo\n\nthree\n\nfour\n\nfive\n");
	const page = await editPage(world, "anna", id, options);

	await world.api("bek", "PUT", `articles/${id}`, { base: 1, body: "one\n\nTWO\n\nthree\n\nfour\n\nFIVE\n" });
	await page.fill("#body", "ONE\n\n2\n\nthree\n\nfour\n\nfive\n");
	await page.fill("[name=comment]", "Mine");
	await page.click("[value=save]");
	await page.waitForSelector("#own");
	check.equal(await page.locator("input[name=pick1]").count(), 3, "the place that both changed is asked for");
	check.equal(await page.locator("input[name=pick2]").count(), 0, "and no other");
	check.equal(await page.inputValue("#own"), "ONE\n\n2\n\nthree\n\nfour\n\nfive\n", "one's own text is there whole");
	await page.check("#pick1-theirs", { force: true });
	await press(page, "pick");
	check.equal(await page.inputValue("#body"), "ONE\n\nTWO\n\nthree\n\nfour\n\nFIVE\n", "what was chosen stands in it");
	await page.click("[value=save]");
	await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
	check.equal(await body(world, id), "ONE\n\nTWO\n\nthree\n\nfour\n\nFIVE\n", "the merged text is saved");
	check.equal(page.faults, [], "nothing to report");
	await page.close();
}

const conflictWithScript = (world, check) => conflicts(world, check, {});
const conflictWithout = (world, check) => conflicts(world, check, { javaScriptEnabled: false });

async function withoutScript(world, check) {
	const { id } = await article(world, "Without", "plain");
	const page = await editPage(world, "anna", id, { javaScriptEnabled: false });

	check.that(!await page.isVisible(".tools"), "buttons that need the script are not shown");
	await page.fill("#body", "plain **text**");
	await press(page, "preview");
	check.equal(await page.locator("#preview strong").textContent(), "text", "preview");
	await press(page, "diff");
	check.that(await page.locator("#preview table.diff").count() === 1, "changes");
	check.equal(await page.inputValue("#body"), "plain **text**", "nothing is lost on the way");
	await page.fill("[name=comment]", "Bold");
	await page.click("[value=save]");
	await page.waitForURL((url) => !url.pathname.endsWith("/edit"));
	check.equal(await body(world, id), "plain **text**", "saved");
	await page.close();
}

/* Runs in the page: pastes a picture so wide, or drops a text, on the element. */
const drop = (page, target, kind) => page.evaluate(async ([selector, how]) => {
	const data = new DataTransfer();

	if (how === "picture" || how === "picture of a page") {
		const canvas = Object.assign(document.createElement("canvas"), { width: 3200, height: 800 });
		const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
		data.items.add(new File([blob], "wide (1).png", { type: "image/png" }));
		if (how === "picture of a page")
			data.setData("text/html", '<meta charset="utf-8"><img src="https://example.org/a.png" alt="A">');
		document.querySelector(selector).dispatchEvent(
			new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	} else {
		data.items.add(new File([how], how === "text" ? "note.txt" : "run.exe", { type: "text/plain" }));
		document.querySelector(selector).dispatchEvent(
			new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
	}
}, [target, kind]);

async function filesAreAdded(world, check) {
	const { id } = await article(world, "Files", "Text");
	const page = await editPage(world, "anna", id);
	const said = (words) => page.locator("#file-state", { hasText: words }).waitFor();

	await page.focus("#body");
	await page.keyboard.press("Control+End");
	await drop(page, "#body", "picture");
	await said("was added");
	const [, address] = /^Text!\[wide \(1\)\.png\]\((\/f\/\S+)\)$/.exec(await page.inputValue("#body")) || [];
	check.that(address, `a pasted picture stands in the text: ${await page.inputValue("#body")}`);
	const width = await page.evaluate(async (path) =>
		(await createImageBitmap(await (await fetch(path)).blob())).width, address);
	check.equal(width, 1600, "and was made smaller before it travelled");
	await page.click("[data-visual]");
	await page.waitForSelector("#visual img");
	check.that(true, "the visual editor shows it");
	await move(page, "Control+End");
	await drop(page, "#visual", "text");
	await said(/note\.txt.*was added/);
	check.that(/\[note\.txt\]\(\/f\/\w+\/note\.txt\)\n?$/.test(await page.inputValue("#body")), "a dropped file is linked");
	await drop(page, "h1", "text");
	await page.waitForFunction(() => document.querySelector("#body").value.match(/note\.txt/g).length > 2);
	check.that(true, "a file that misses the text is taken all the same");
	await drop(page, "#visual", "picture of a page");
	await page.waitForFunction(() => document.querySelector("#body").value.split("wide (1).png](").length === 3);
	check.that(true, "a picture that was copied from a page is added");
	await page.setInputFiles("input[type=file]", { name: "run.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
	await said(/run\.exe.*could not be added\. \S/);
	check.that(!(await page.inputValue("#body")).includes("run.exe"), "what is refused is said, and leaves nothing");
	await page.setInputFiles("input[type=file]", ["other.exe", "fine.txt", "third.exe", "good.txt"].map((name) =>
		({ name, mimeType: "text/plain", buffer: Buffer.from(name.endsWith("exe") ? "MZ" : "x") })));
	await said("“good.txt” was added");
	const told = (await page.locator("#file-state").innerText()).split("\n");
	check.that(told.length === 3 && /other\.exe/.test(told[0]) && /third\.exe/.test(told[1]),
		`the files that came later take no refusal away: ${told}`);
	await page.setInputFiles("input[type=file]", { name: "price $& $1.pdf.exe", mimeType: "text/plain", buffer: Buffer.from("MZ") });
	await said("“price $& $1.pdf.exe” could not be added");
	await page.context().clearCookies();
	await page.setInputFiles("input[type=file]", { name: "late.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
	await said(/late\.txt.*could not be added\. You are not signed in/);
	check.equal(page.faults, [], "nothing to report");
	await leave(page);
}

await run([buttonsAndKeys, completes, completesTags, visualByKeyboard, writesAnew, filesAreAdded,
	conflictWithScript, conflictWithout, withoutScript]);
