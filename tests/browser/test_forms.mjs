/*
 * What is typed into forms that are kept nowhere: leaving them asks first, the page to check leads back to
 * them as they were, and a form whose session had ended comes back after signing in.
 */
import { follow, run } from "./browser.mjs";

/* Does leaving for the first page ask? Stays where it does. */
async function asks(page, world) {
	let asked = false;
	const stay = async (dialog) => {
		asked = dialog.type() === "beforeunload";
		await dialog.dismiss();
	};

	page.on("dialog", stay);
	await page.goto(`${world.origin}/`).catch(() => {});
	page.off("dialog", stay);
	return asked;
}

/* As a person does: with a key. */
async function type(page, selector, text) {
	await page.click(selector);
	await page.keyboard.press("End");
	await page.keyboard.type(text);
}

async function asksBeforeLeaving(world, check) {
	world.cli(["group", "add", "heads"]);
	world.cli(["grant", "desk", "heads", "manage"]);
	world.cli(["group", "member", "heads", "chief"]);
	world.cli(["person", "set", "chief", "--duties", "accounts"]);
	const page = await world.page("chief");

	for (const [path, field] of [["/settings/profile", "#phone"], ["/admin/people/anna", "#position"],
		["/admin/people/new", "#name"], ["/admin/groups", "#name"], ["/admin/groups/staff", "#purpose"], ["/admin/offices", "#city"],
		["/admin/spaces", "#name"], ["/admin/spaces/desk", "#name-ru"], ["/s/desk/settings", "#description-en"],
		["/s/desk/audiences", "#name"], ["/s/desk/bets", "#query"], ["/glossary", "#uz"], ["/settings", "#name"]]) {
		await page.goto(world.origin + path);
		await page.click("h1");
		check.equal(await asks(page, world), false, `${path}: what was only read is left at once`);
		await page.goto(world.origin + path);
		await type(page, field, "x");
		check.equal(await asks(page, world), true, `${path}: what was typed is asked for`);
		await page.click(field);
		await page.keyboard.press("Backspace");
		check.equal(await asks(page, world), false, `${path}: what was taken back is not`);
	}
	check.equal(page.faults, [], "nothing to report");
	await page.close();
}

async function goesThereAndBack(world, check) {
	const page = await world.page("chief");
	const field = "#name-ru", form = "form[data-warn]:has(#name-ru)";

	await page.goto(`${world.origin}/s/desk/settings`);
	await type(page, field, "Стол");
	await follow(page, `${form} button`);
	check.equal(await page.locator("h1").textContent(), "Name and description", "sending it does not ask");
	await page.click("h1");
	check.equal(await asks(page, world), true, "the page to check is not left without a question");
	await follow(page, "button[name=again]");
	check.equal(await page.inputValue(field), "Стол", "one comes back with what was typed");
	await page.click(field);
	check.equal(await asks(page, world), true, "which is saved nowhere yet");
	await follow(page, `${form} button`);
	await follow(page, "main form button:not([name])");
	check.equal(await page.inputValue(field), "Стол", "applied");
	await page.click("h1");
	check.equal(await asks(page, world), false, "and then nothing is left to ask for");
	await page.goto(`${world.origin}/admin/groups`);
	await type(page, "#key", "new");
	await type(page, "#name", "Refused");
	await follow(page, "form:has(#key) button");
	check.equal(await page.inputValue("#name"), "Refused", "a refused form keeps what was typed");
	await page.click("h1");
	check.equal(await asks(page, world), true, "and is asked for");
	page.on("dialog", (dialog) => dialog.accept());
	await page.close();
}

/* The session ends in another window while one types: signing in leads back to what was typed. */
async function comesBackAfterSigningIn(world, check) {
	const page = await world.page("chief"), other = await world.page("chief");

	await page.goto(`${world.origin}/settings/profile`);
	await page.fill("#skills", "apostil, legalizatsiya");
	await other.goto(`${world.origin}/settings`);
	await follow(other, "section form[action='/settings/sessions/end'] > button.cdx-button");
	await follow(other, "main form button");
	await follow(page, "main form[data-warn] button");
	check.equal(new URL(page.url()).pathname, "/login", "one has to sign in");
	await world.signIn(page, "chief", false);
	check.equal(await page.inputValue("#skills"), "apostil, legalizatsiya", "and it is there");
	check.that(await page.locator("#errors").textContent().then((words) => words.includes("Nothing was done yet")), "it says so");
	await follow(page, "main form[data-warn] button");
	await page.goto(`${world.origin}/settings/profile`);
	check.equal(await page.inputValue("#skills"), "apostil, legalizatsiya", "sent again, it is saved");
	check.equal(page.faults, [], "nothing to report");
	await other.close();
	await page.close();
}

/* A browser sends all of a file before it looks at the answer. */
async function readsWhatWasTooLarge(world, check) {
	const { json } = await world.api("chief", "POST", "articles", { space: "desk", title: "Files", body: "x" });
	const page = await world.page("chief", { javaScriptEnabled: false });

	await page.goto(`${world.origin}/a/${json.id}/files`);
	await page.setInputFiles("#file", { name: "film.zip", mimeType: "application/zip", buffer: Buffer.alloc(30 << 20) });
	await follow(page, "main form[enctype] button");
	check.equal(await page.locator("h1").textContent(), "That is too large", "it is told in a page");
	check.equal(await page.locator("header input[name=q]").count(), 1, "with the frame of all pages");
	await page.close();
}

await run([asksBeforeLeaving, goesThereAndBack, comesBackAfterSigningIn, readsWhatWasTooLarge], ["chief", "anna", "bek"]);
