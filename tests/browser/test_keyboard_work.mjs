/*
 * The work behind the pages, with the keyboard alone: administration, glossary, settings, saved searches, files,
 * history, moving and restricting. Wherever a step stops, the focus is seen and lies under nothing.
 */
import { run } from "./browser.mjs";
import { enter, tabTo, unseen } from "./keys.mjs";

/* A low window: the header that stays covers much of it. */
const LOW = { viewport: { width: 1280, height: 480 } };

/* The keys of one person; every stop is looked at. */
class Walker {
	constructor(page, check, origin) {
		Object.assign(this, { page, check, origin });
	}
	async open(path) {
		await this.page.goto(this.origin + path);
	}
	async to(selector) {
		await tabTo(this.page, selector);
		this.check.equal(await unseen(this.page), null, `${selector} on ${new URL(this.page.url()).pathname}`);
	}
	async type(selector, words) {
		await this.to(selector);
		await this.page.keyboard.press("Control+a");
		await this.page.keyboard.type(words);
	}
	/* Letters choose an option of a list, as they do in every browser. */
	async choose(selector, words) {
		await this.to(selector);
		await this.page.keyboard.type(words);
	}
	async press(selector, key = "Enter") {
		await this.to(selector);
		await Promise.all([this.page.waitForEvent("load"), this.page.keyboard.press(key)]);
	}
	async done() {
		this.check.equal(this.page.faults, [], "nothing to report");
		await this.page.context().close();
	}
}

async function walker(world, check, login) {
	return new Walker(await world.page(login, LOW), check, world.origin);
}

const text = (walk, selector) => walk.page.textContent(selector);
const count = (walk, selector) => walk.page.locator(selector).count();

async function addsPeopleAndGroups(world, check) {
	const walk = await walker(world, check, "root.admin");

	await walk.open("/");
	await walk.to(".menu summary");
	await walk.page.keyboard.press("Enter");
	await walk.press(".menu__list a[href='/admin']");
	await walk.press("#adminmenu a[href='/admin/groups']");
	await walk.type("#key", "envoys");
	await walk.type("#name", "Envoys");
	await walk.press("section[aria-labelledby=add] button, main form.stack button");
	await walk.press("#adminmenu a[href='/admin/people']");
	await walk.press("main a[href='/admin/people/new']");
	await walk.type("#login", "kamol");
	await walk.type("#name", "Kamol");
	await walk.press("main form[action='/admin/people/new'] button", "Space");
	await walk.open("/admin/people/kamol");
	await walk.choose("#group", "Envoys");
	await walk.press("form:has(#group) button");
	check.that((await text(walk, ".facts")).includes("Envoys"), "the check page names the group");
	await walk.press("main form button");
	await walk.open("/g/envoys");
	check.equal(await count(walk, "main a[href='/p/kamol']"), 1, "the person is a member");
	await walk.done();
}

async function grantsInTheMatrix(world, check) {
	const walk = await walker(world, check, "root.admin");

	await walk.open("/admin/access");
	await walk.to(".matrix");
	await walk.press(".matrix thead a[href='/admin/spaces/desk']");
	await walk.choose("#group", "Envoys");
	await walk.choose("#level", "Write");
	await walk.press("form[action$='/grant'] button");
	await walk.press("main form button");
	await walk.open("/admin/access");
	await walk.type("form[action='/admin/access/check'] [name=person]", "kamol");
	await walk.page.keyboard.press("Tab");
	await enter(walk.page);
	check.that((await text(walk, "main table")).includes("Envoys"), "and why is said");
	await walk.done();
}

async function proposesAndApproves(world, check) {
	const anna = await walker(world, check, "anna");

	await anna.open("/glossary");
	await anna.to("a[href='#propose']");
	await anna.page.keyboard.press("Enter");
	await anna.type("#uz", "sayyor qabul");
	await anna.type("#en", "mobile reception");
	await anna.press("form:has(#uz) button");
	const { pathname } = new URL(anna.page.url());

	await anna.done();
	world.cli(["grant", "help", "envoys", "manage"]);
	world.cli(["group", "member", "envoys", "bek"]);
	const walk = await walker(world, check, "bek");

	await walk.open(pathname);
	await walk.press("form[action$='/approve'] button", "Space");
	check.equal(await count(walk, "form[action$='/approve']"), 0, "the term is approved");
	await walk.done();
}

async function settles(world, check) {
	const walk = await walker(world, check, "anna");

	await (await world.page("anna")).goto(`${world.origin}/settings`);
	await walk.open("/settings");
	await walk.choose("#theme", "Dark");
	await walk.press("form[action='/settings'] button");
	check.equal(await walk.page.inputValue("#theme"), "dark", "the theme is kept");
	await walk.press("form[action='/settings/sessions/end']:not(:has([name=id])) button");
	await walk.press("main form:has([name=sure]) button");
	check.equal(await count(walk, "form[action='/settings/sessions/end']"), 0, "only this session is left");
	await walk.type("form[action='/settings/tokens'] [name=name]", "Reader");
	await walk.press("form[action='/settings/tokens'] button");
	check.that((await text(walk, ".secret")).trim().length > 20, "the token is shown");
	await walk.press("main a[href^='/settings']");
	await walk.press("form[action='/settings/tokens/revoke'] button");
	await walk.to("#lang");
	const before = await walk.page.inputValue("#lang");

	await walk.page.keyboard.press("ArrowDown");
	const chosen = await walk.page.inputValue("#lang");

	check.that(chosen !== before, `arrows choose: ${chosen}`);
	await walk.press("form[action='/settings'] button");
	check.equal(await walk.page.evaluate(() => document.documentElement.lang), chosen, "the language is kept");
	await walk.done();
}

async function keepsSearches(world, check) {
	const walk = await walker(world, check, "bek");

	await walk.open("/search?q=mobile");
	await walk.to("details:has(form[action='/settings/searches']) summary");
	await walk.page.keyboard.press("Space");
	await walk.type("form[action='/settings/searches'] [name=name]", "Mobile news");
	await walk.press("form[action='/settings/searches'] button");
	await walk.open("/settings/searches");
	await walk.type("form[action='/settings/searches/change'] [name=name]", "Mobile");
	await walk.press("form[action='/settings/searches/change'] button");
	check.equal(await text(walk, "main h2.thread"), "Mobile", "renamed");
	await walk.press("form[action='/settings/searches/delete'] button");
	check.equal(await count(walk, "main h2.thread"), 0, "and deleted");
	await walk.done();
}

async function comparesFilesMoves(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "Kept by keys", body: "one" });

	for (const [base, body] of [[1, "two"], [2, "three"]])
		await world.api("anna", "PUT", `articles/${json.id}`, { base, body, comment: body });
	const walk = await walker(world, check, "root.admin");
	const a = `/a/${json.id}`;

	world.cli(["group", "member", "envoys", "root.admin"]);
	world.cli(["grant", "desk", "envoys", "manage"]);
	await walk.open(`${a}/history`);
	await walk.to("[name=from]:checked");
	await walk.page.keyboard.press("ArrowDown");
	check.equal(await unseen(walk.page), null, "the chosen old revision");
	await walk.press("main form[action$='/diff'] button");
	check.equal(new URL(walk.page.url()).pathname, `${a}/diff/1..3`, "arrows chose the oldest");
	await walk.open(`${a}/files`);
	await walk.to("#file");
	await walk.page.setInputFiles("#file", { name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("A note.") });
	await walk.press("main form[enctype] button");
	await walk.press("form[action$='/remove'] button");
	check.equal(await count(walk, "form[action$='/remove'] button"), 0, "the file is gone");
	await walk.open(`${a}/move`);
	await walk.type("#title", "Moved by keys");
	await walk.press("form[action$='/rename'] button");
	check.that((await text(walk, "h1")).includes("Moved by keys"), "renamed");
	await walk.open("/s/desk/audiences");
	await walk.type("#name", "Envoys only");
	await walk.press("main form.stack button");
	await walk.open(`${a}/move`);
	await walk.choose("#audience", "Desk · Envoys");
	await walk.press("form[action$='/audience'] button");
	await walk.press("main form:has([name=sure]) button");
	await walk.open(a);
	check.equal(await count(walk, ".cdx-info-chip--warning"), 1, "restricted");
	await walk.done();
}

await run([addsPeopleAndGroups, grantsInTheMatrix, proposesAndApproves, settles, keepsSearches, comparesFilesMoves]);
