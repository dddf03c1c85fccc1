/* Whole journeys of people whose browser runs no script: every act is a link or a form. */
import { follow, password, run } from "./browser.mjs";

const OFF = { javaScriptEnabled: false };
const path = (page) => new URL(page.url()).pathname;
const said = (page, words) => page.locator(".flash", { hasText: words }).count();

async function signsInAndOut(world, check) {
	const page = await world.page(null, OFF);

	await page.goto(`${world.origin}/settings`);
	check.equal(path(page), "/login", "who is not signed in is asked to");
	await page.fill("[name=login]", "anna");
	await page.fill("[name=password]", "not the password");
	await follow(page, "main form button");
	check.equal(await page.locator("#errors[role=alert]").count(), 1, "a wrong password is said at the top");
	check.that((await page.title()).startsWith("Error: "), "and in the title");
	check.equal(await page.inputValue("[name=login]"), "anna", "the name is kept");
	await page.fill("[name=password]", password);
	await follow(page, "main form button");
	check.equal(path(page), "/settings", "signing in continues where one wanted to go");
	await page.click("details.menu summary");
	check.that(await page.isVisible(".menu__list a[href='/spaces']"), "the menu opens");
	await follow(page, ".menu__list form[action='/logout'] button");
	await page.goto(`${world.origin}/`);
	check.equal(path(page), "/login", "signing out ends it");
	await page.context().close();
}

async function searchesAndReads(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "Apostil tartibi",
		body: "Apostil qoʻyish muddati 15 kun.\n\n## Hujjatlar\n\nPasport va ariza.", lang: "uz-Latn", tags: ["apostil"] });
	await world.api("bek", "POST", "articles", { space: "desk", title: "Apostille abroad",
		body: "Apostil is put by [[Apostil tartibi]].", lang: "en" });
	world.cli(["index", "--wait"]);
	const page = await world.page("bek", OFF);

	await page.fill("#q", "апостил");
	await follow(page, "[role=search] button");
	check.equal(await page.locator(".hits > li").count(), 2, "a query in Cyrillic finds both");
	await page.locator("input[name=lang][value=en]").check({ force: true });
	await follow(page, "#filters button");
	check.equal(await page.locator(".hits > li").count(), 1, "a filter");
	await follow(page, ".chips a");
	check.equal(await page.locator(".hits > li").count(), 2, "is taken off again");
	await page.selectOption("#sort", "date");
	await follow(page, "form:has(#sort) button");
	check.equal(new URL(page.url()).searchParams.get("sort"), "date", "the order is changed");
	await follow(page, ".hits a[href*='apostil-tartibi']");
	check.that(await page.locator("article mark").count() > 0, "what was searched for is marked");
	check.equal(await page.locator("article").getAttribute("lang"), "uz-Latn", "the text names its language");
	await follow(page, "aside a:has-text('Apostille abroad')");
	await follow(page, "article a:has-text('Apostil tartibi')");
	check.that(path(page).startsWith(`/a/${json.id}`), "links lead there and back");
	await follow(page, "a[accesskey=h]");
	check.equal(await page.locator("table.history tbody tr").count(), 1, "the history");
	await page.context().close();
	return json.id;
}

async function writes(world, check) {
	const page = await world.page("anna", OFF);

	await page.goto(`${world.origin}/new`);
	await page.fill("[name=title]", "");
	await page.fill("#body", "First *words*.");
	await follow(page, "[value=preview]");
	check.equal(await page.locator("#preview em").textContent(), "words", "a preview before there is a title");
	check.equal(await page.inputValue("#body"), "First *words*.", "keeps the text");
	await page.click("[value=save]");
	check.equal(await page.locator("[name=title]:invalid").count(), 1, "nothing is sent without one");
	await page.fill("[name=title]", "Without script");
	await page.selectOption("[name=space]", "desk");
	await follow(page, "[value=save]");
	const article = path(page);
	check.that(article.startsWith("/a/"), "the article is made");
	await follow(page, "a[accesskey=e]");
	await page.fill("#body", "First *words*.\n\nSecond.");
	await follow(page, "[value=diff]");
	check.equal(await page.locator("#preview table.diff .added").count() > 0, true, "changes are shown");
	check.that(await page.getAttribute("#preview table.diff .added .line", "lang"), "in the language of the text");
	await page.fill("[name=comment]", "A second line");
	await follow(page, "[value=save]");
	check.equal(await page.locator("article p").count(), 2, "saved");
	await page.context().close();
	return article;
}

async function isToldOfConflicts(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "Both", body: "one\n\ntwo" });
	const page = await world.page("anna", OFF);

	await page.goto(`${world.origin}/a/${json.id}/edit`);
	await world.api("bek", "PUT", `articles/${json.id}`, { base: 1, body: "ONE\n\ntwo" });
	await page.fill("#body", "1\n\ntwo");
	await page.fill("[name=comment]", "Mine");
	await follow(page, "[value=save]");
	check.equal(await page.inputValue("#own"), "1\n\ntwo", "one's own text is there whole");
	await page.check("#pick1-both", { force: true });
	await follow(page, "[value=pick]");
	await follow(page, "[value=save]");
	const { body } = (await world.api("anna", "GET", `articles/${json.id}`)).json;
	check.that(/1\s+ONE/.test(body), `both stay: ${body}`);
	await page.context().close();
}

async function discusses(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "Discussed", body: "x" });
	const page = await world.page("bek", OFF);

	await page.goto(`${world.origin}/a/${json.id}`);
	await follow(page, "nav.bar a[href$='/talk']");
	await page.fill("[name=title]", "A question");
	await page.fill("#body", "Is it *so*?");
	await follow(page, "#new ~ form button");
	check.equal(await page.locator(".post em").count(), 1, "a thread is opened");
	await page.fill("#body", "It is.");
	await follow(page, "#reply ~ form button");
	check.equal(await page.locator(".post").count(), 2, "answered");
	await follow(page, ".post a[href*='quote=']");
	check.that((await page.inputValue("#body")).startsWith("> "), "a message is quoted");
	await follow(page, ".post a[href$='/edit']");
	await page.fill("#body", "Is it so, really?");
	await follow(page, "main form:has(#body) button");
	check.equal(await page.locator(".post", { hasText: "really?" }).count(), 1, "one's own is changed");
	await follow(page, "form[action$='/resolve'] button");
	await follow(page, "main a[href$='/talk'] >> nth=-1");
	check.equal(await page.locator(".hits > li").count(), 0, "solved: no longer among the open ones");
	await page.context().close();
}

async function addsFiles(world, check) {
	const { json } = await world.api("anna", "POST", "articles", { space: "desk", title: "With files", body: "x" });
	const page = await world.page("anna", OFF);
	const add = async (name, text) => {
		await page.setInputFiles("#file", { name, mimeType: "text/plain", buffer: Buffer.from(text) });
		await follow(page, "form[enctype] button");
	};

	await page.goto(`${world.origin}/a/${json.id}`);
	await follow(page, "aside a[href$='/files']");
	await add("virus.exe", "MZ");
	check.equal(await page.locator("#errors").count(), 1, "what is refused is said");
	await add("note.txt", "Words of a note");
	check.equal(await page.locator("table th a", { hasText: "note.txt" }).count(), 1, "a file is added");
	await follow(page, "form[action$='/remove'] button");
	check.equal(await page.locator("table th a").count(), 0, "and removed");
	await page.context().close();
}

async function changesSettings(world, check) {
	const page = await world.page("bek", OFF);

	await page.goto(`${world.origin}/settings`);
	await page.selectOption("[name=theme]", "dark");
	await page.selectOption("select[name=lang]", "ru");
	await follow(page, "form[action='/settings'] button");
	check.equal(await page.getAttribute("html", "lang"), "ru", "the language");
	check.equal(await page.locator("link[rel=stylesheet][media=screen]").count(), 1, "the theme");
	const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	check.that(/^rgb\((\d|[1-5]\d),/.test(dark), `a dark page is dark: ${dark}`);
	await follow(page, ".langs button[lang=en]");
	check.equal(await page.getAttribute("html", "lang"), "en", "the language in the header");
	await page.goto(`${world.origin}/settings/profile`);
	await page.fill("[name=phone]", "+998 71 123 45 67");
	await follow(page, "main form button");
	await page.goto(`${world.origin}/p/bek`);
	check.equal(await page.locator("dd", { hasText: "+998 71 123 45 67" }).count(), 1, "one's entry");
	await page.context().close();
}

/* Sees the effect of a grant before it is applied. */
async function grants(world, check) {
	world.cli(["group", "add", "heads", "--name", "Heads"]);
	world.cli(["grant", "desk", "heads", "manage"]);
	world.cli(["group", "member", "heads", "anna"]);
	const page = await world.page("anna", OFF);

	await page.goto(`${world.origin}/s/desk/settings`);
	await page.selectOption("[name=group]", "staff");
	await page.selectOption("form[action$='/grant'] [name=level]", "read");
	await follow(page, "form[action$='/grant'] button");
	check.equal(await page.locator("del").count(), 1, "the change is shown first");
	await follow(page, "main form button");
	check.equal(await said(page, /./), 1, "and said when it is done");
	world.cli(["grant", "desk", "staff", "write"]);
	await page.context().close();
}

await run([signsInAndOut, searchesAndReads, writes, isToldOfConflicts, discusses, addsFiles, changesSettings, grants]);
