/*
 * Every kind of page there is: where it stands, who sees it, and what has to be done to see it.
 * A route of server/routes.def that shows a page and is not in the list is a fault (unlisted()).
 *
 *	const { pages } = await furnish(world);
 *	for (const entry of pages)
 *		await visit(page, world, entry);
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { follow, password, root } from "./browser.mjs";

export const LANGUAGES = ["uz-Latn", "uz-Cyrl", "ru", "en"];
/* One keeper for each language: the language belongs to the person. */
export const keeper = (lang) => `keeper.${lang.toLowerCase()}`;
export const people = ["anna", "bek", ...LANGUAGES.map(keeper)];
export const starter = ["--starter", join(root, "content")];

/* Routes that answer with something else than a page for people. */
const NO_PAGE = ["/health", "/static/*rest", "/suggest", "/opensearch.xml", "/s/:space/searches.csv",
	"/admin/searches.csv", "/admin/access.csv", "/help/:topic", "/glossary/export.csv", "/changes.atom", "/s/:space/recent.atom", "/search.atom",
	"/kept/:form" /* the other pages again */, "/a/:article/raw", "/a/:article/diff", "/f/:file/:filename", "/spaces"];

const LONG = "Favqulodda vaziyatlardagi fuqarolarni repatriatsiya qilishni tashkillashtirish tartibi "
	+ "toʻgʻrisidagi umumlashtirilgan yoʻriqnoma";
const TEXT = `The first lines say what the matter is. See [[${LONG}]], [[Nowhere]] and <https://example.org/a/very/long/address>,
also [the law](https://lex.uz/docs/1).

## A table

| Hujjat | Kim beradi | Muddat |
| :-- | :-: | --: |
| Shahodatnoma va unga ilova qilinadigan hujjatlar | konsullik | 15 |
| Maʼlumotnomalarni rasmiylashtirish | boshqarma | 3 |

## Lists and words

- one **bold** and *italic* ~~struck~~ \`code\`
  1. deeper
- [ ] a task
- [x] a done task

> A quotation of somebody.[^1]

### Deeper

\`\`\`
a line of code that is longer than a narrow screen is wide, so that it has to be wrapped somewhere
\`\`\`

---

Favquloddavaziyatlardagifuqarolarnirepatriatsiyaqilishnitashkillashtirishtartibi.

[^1]: The note.
`;

async function form(page, world, path, fields, button = "main form[method=post] button") {
	await page.goto(world.origin + path);
	for (const [name, value] of Object.entries(fields)) {
		const field = page.locator(`main form[method=post] [name="${name}"]`).first();

		if (await field.evaluate((element) => element.tagName) === "SELECT")
			await field.selectOption(value);
		else
			await field.fill(value);
	}
	await follow(page, button);
}

async function rights(world) {
	world.cli(["group", "add", "heads", "--name", "Konsullik xizmatlari boʻlimi boshliqlari"]);
	world.cli(["group", "add", "far", "--name", "Дальние коллеги"]);
	world.cli(["grant", "desk", "heads", "manage"]);
	world.cli(["office", "add", "tokyo", "--name", "Elchixona Tokio", "--city", "Tokyo", "--country", "JP",
		"--zone", "Asia/Tokyo"]);
	world.cli(["space", "add", "shelf", "--name", "Полка документов"]);
	world.cli(["space", "add", "empty", "--name", "Boʻsh"]);
	world.cli(["grant", "shelf", "staff", "read"]);
	world.cli(["grant", "empty", "heads", "manage"]);
	world.cli(["person", "set", "bek", "--name", "Бек Каримов", "--position", "Второй секретарь"]);
	for (const login of LANGUAGES.map(keeper)) {
		world.cli(["group", "member", "heads", login]);
		world.cli(["person", "set", login, "--name", "Dilnoza Karimova", "--office", "tokyo", "--duties",
			"accounts,audit", "--position", "Bosh maslahatchi", "--languages", "uz, ru, en",
			"--skills", "legalizatsiya, apostil", "--phone", "+998 71 000 00 00"]);
	}
}

async function articles(world) {
	const api = async (login, method, path, body) => {
		const reply = await world.api(login, method, path, body);

		if (reply.status >= 300)
			throw new Error(`${path}: ${reply.status} ${JSON.stringify(reply.json)}`);
		return reply.json;
	};
	const main = await api("anna", "POST", "articles", { space: "desk", title: LONG, body: TEXT, lang: "uz-Latn",
		tags: ["konsullik", "favqulodda-vaziyat"] });

	await api("anna", "PUT", `articles/${main.id}`,
		{ base: 1, body: TEXT.replace("| 15 |", "| 20 |").replace("deeper", "lower"), comment: "Muddat oʻzgardi" });
	for (let i = 0; i < 12; i++)
		await api("bek", "POST", "articles", { space: "desk", title: `Repatriatsiya ${i}`, parent: main.id,
			body: `Repatriatsiya qilish tartibi. [[${LONG}]]`, lang: "uz-Latn" });
	const middle = await api("bek", "POST", "articles", { space: "desk", title: "Repatriatsiya bosqichlari", parent: main.id, body: "x", lang: "uz-Latn" });
	const below = await api("bek", "POST", "articles", { space: "desk", title: "Birinchi bosqich", parent: middle.id, body: "x", lang: "uz-Latn" });
	const gone = await api("anna", "POST", "articles", { space: "desk", title: "Gone", body: "x" });
	await api(keeper("en"), "DELETE", `articles/${gone.id}`);
	const thread = await api("anna", "POST", `articles/${main.id}/threads`,
		{ title: "Muddat 1-iyuldan oʻzgardimi?", body: "Yangi *tartib* qachon?" });
	for (const lang of LANGUAGES)
		await api(keeper(lang), "POST", `threads/${thread.id}/posts`, { body: "Ha.\n\n> Yangi tartib qachon?" });
	const other = await api("bek", "POST", "articles", { space: "desk", title: "Порядок возвращения граждан", lang: "ru",
		body: `Порядок описан в статье [[${LONG}]].`, tags: ["граждане"], comment: "Первая запись" });
	const question = await api("bek", "POST", `articles/${other.id}/threads`, { title: "Когда меняется срок?", body: "Со следующего месяца или раньше?" });
	await api("bek", "POST", `articles/${main.id}/threads`, { title: "Вопрос о сроках", body: "Кто уточняет сроки в таблице?" });
	const term = await api("anna", "POST", "terms", { uz: "legallashtirish", ru: "легализация", en: "legalisation",
		meaning_uz: "Hujjatning haqiqiyligini tasdiqlash", domain: "consular" });
	return { main: main.id, below: below.id, question: question.id, other: other.id, gone: gone.id, thread: thread.id, term: term.id };
}

/* What is made in a page of one's own: a restricted audience, a kept search, files, a bet. */
async function inTheBrowser(world, ids) {
	const page = await world.page(keeper("en"), { javaScriptEnabled: false });

	await form(page, world, "/s/desk/audiences", { name: "Faqat konsullar" });
	await page.goto(`${world.origin}/a/${ids.main}/files`);
	await page.setInputFiles("#file", { name: "Yoʻriqnoma va ilovalar.txt", mimeType: "text/plain",
		buffer: Buffer.from("Repatriatsiya") });
	await follow(page, "main form[enctype] button");
	await form(page, world, "/s/desk/bets", { query: "repatriatsiya", article: ids.main });
	await page.context().close();
	for (const lang of LANGUAGES) {
		const own = await world.page(keeper(lang), { javaScriptEnabled: false });

		await follow(own, `.langs button[lang=${lang}]`);
		await own.goto(`${world.origin}/search?q=repatriatsiya`);
		await own.locator("details:has(form[action='/settings/searches']) summary").click();
		await follow(own, "form[action='/settings/searches'] button");
		await own.goto(`${world.origin}/settings`);
		await form(own, world, "/settings", { name: "Feed reader" }, "form[action='/settings/tokens'] button");
		await own.context().close();
	}
}

/* { name, route, path, who: null for nobody, act: what to do there } */
function list(ids) {
	const a = `/a/${ids.main}`, talk = `${a}/talk/${ids.thread}`;
	const pages = [];
	const add = (route, path, more = {}) => pages.push({ name: more.name || path, route, path, ...more });
	const send = (path, fields, button) => (page, world) => form(page, world, path, fields, button);

	add("/", "/");
	add("/login", "/login", { nobody: true });
	add("/login", "/login", { nobody: true, name: "wrong password",
		act: send("/login", { login: "anna", password: "wrong" }, "main form button") });
	add("/login/code", "/login/code", { nobody: true });
	add("/search", "/search");
	add("/search", "/search?q=repatriatsiya");
	add("/search", "/search?q=repatriatsiya&space=desk&lang=uz-Latn&after=2020&sort=date");
	add("/search", "/search?q=repatriatsiya&offset=10");
	add("/search", "/search?q=repatriatsya", { name: "did you mean" });
	add("/search", "/search?q=qwertyuiopzxcv", { name: "nothing found" });
	add("/search", "/search?q=legallashtirish+muddati&lang=en", { name: "nothing found with filters" });
	add("/settings/searches", "/settings/searches");
	add("/notices", "/notices");
	add("/s/:space/searches", "/s/desk/searches");
	add("/admin/searches", "/admin/searches");
	add("/s/:space/bets", "/s/desk/bets");
	add("/glossary/synonym", "/glossary/synonym?q=legal&word=legalizatsiya");
	add("/glossary", "/glossary");
	add("/glossary", "/glossary?q=qwertyuiop", { name: "no term" });
	add("/glossary/import", "/glossary/import");
	add("/glossary/:term", `/glossary/${ids.term}`);
	add("/changes", "/changes");
	add("/s/:space/recent", "/s/desk/recent");
	add("/s/:space/recent", "/s/empty/recent", { name: "no changes" });
	add("/settings", "/settings");
	add("/settings/password", "/settings/password");
	add("/settings/password", "/settings/password", { name: "refused form",
		act: send("/settings/password", { current: "x", password: "short", again: "other" }) });
	add("/settings/profile", "/settings/profile");
	add("/prove", "/prove?next=/admin");
	add("/s", "/s");
	add("/s/:space", "/s/desk");
	add("/s/:space", "/s/help");
	add("/s/:space", "/s/shelf", { name: "a space with a Russian name" });
	add("/s/:space", "/s/empty", { name: "empty space" });
	add("/s/:space/tree", "/s/desk/tree");
	add("/s/:space/trash", "/s/desk/trash");
	add("/s/:space/trash", "/s/empty/trash", { name: "empty trash" });
	add("/s/:space/settings", "/s/desk/settings");
	add("/s/:space/settings", "/s/desk/settings", { name: "check before applying",
		act: send("/s/desk/settings", { group: "far", level: "read" }, "form[action$='/grant'] button") });
	add("/s/:space/audiences", "/s/desk/audiences");
	add("/s/:space/audience", "/s/desk/audience?name=Faqat%20konsullar");
	add("/people", "/people");
	add("/people", "/people?q=Dilnoza", { name: "people found" });
	add("/p/:login", "/p/anna");
	add("/p/:login", "/p/bek", { name: "person with a Russian name" });
	add("/p/:login", `/p/${keeper("en")}`, { name: "person with an entry" });
	add("/g/:group", "/g/heads");
	add("/w/*title", "/w/Nowhere%20to%20be%20found", { name: "404, create" });
	add("/tag/:tag", "/tag/konsullik");
	add("/tag/:tag", "/tag/none", { name: "empty tag" });
	add("/a/:article", a);
	add("/a/:article", `${a}?q=hujjat+tartib`, { name: "article with marks" });
	add("/a/:article", `/a/${ids.gone}`, { name: "article in the trash" });
	add("/a/:article", "/a/0000000000000", { name: "404" });
	add("/a/:article", `/a/${ids.other}`, { name: "article in Russian" });
	add("/a/:article/links", `${a}/links`);
	add("/a/:article/access", `${a}/access`);
	add("/a/:article/history", `${a}/history`);
	add("/a/:article/history", `/a/${ids.gone}/history`, { name: "history of one" });
	add("/a/:article/r/:n", `${a}/r/1`);
	add("/a/:article/r/:n/restore", `${a}/r/1/restore`);
	add("/a/:article/diff/:range", `${a}/diff/1..2`);
	add("/a/:article/diff/:range", `${a}/diff/2..2`, { name: "no difference" });
	add("/a/:article/talk", `${a}/talk`);
	add("/a/:article/talk", `/a/${ids.other}/talk`, { name: "threads in Russian" });
	add("/a/:article/history", `/a/${ids.other}/history`, { name: "history in Russian" });
	add("/a/:article/talk", `${a}/talk?show=resolved`, { name: "no solved threads" });
	add("/a/:article/talk/:thread", talk);
	add("/a/:article/talk/:thread/:n/edit", "message", { name: "edit a message",
		act: async (page, world) => {
			await page.goto(world.origin + talk);
			await follow(page, ".post a[href$='/edit']");
		} });
	add("/a/:article/talk/:thread", "not sent", { name: "messages that were not sent", act: async (page, world) => {
		const there = `/a/${ids.other}/talk/${ids.question}`;

		await page.goto(world.origin + there);
		await page.evaluate(async (address) => {
			const form = document.querySelector("form[data-draft]");

			for (const [draft, body] of [["1111111111111", "Со следующего месяца.\n\nПодробнее позже."], ["2222222222222", "Birinchi yanvardan."]]) {
				const fields = new FormData(form);

				fields.set("draft", draft);
				fields.set("body", body);
				await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
			}
		}, `${there}/draft`);
		await page.goto(world.origin + there);
		await page.waitForSelector("a[href*='draft=']");
	} });
	add("/a/:article/files", `${a}/files`);
	add("/a/:article/move", `${a}/move`);
	add("/new", "/new");
	add("/new", `/new?space=desk&translate=${ids.main}`, { name: "new translation" });
	add("/new", "/new", { name: "new, refused", act: send("/new", { title: " " }, "[value=save]") });
	add("/a/:article/edit", `${a}/edit`);
	add("/a/:article/edit", "preview", { name: "preview and changes", act: async (page, world) => {
		await page.goto(`${world.origin}${a}/edit`);
		await page.fill("#body", TEXT);
		await page.click("[value=preview]");
		await page.waitForSelector("#preview .text");
	} });
	add("/a/:article/edit", "changes", { name: "changes of a text", act: async (page, world) => {
		await page.goto(`${world.origin}${a}/edit`);
		await page.fill("#body", TEXT);
		await page.click("[value=diff]");
		await page.waitForSelector("#preview table.diff");
	} });
	add("/a/:article/edit", "conflict", { name: "conflict", act: async (page, world) => {
		await page.goto(`${world.origin}${a}/edit`);
		await page.evaluate(() => { document.querySelector("#edit [name=base]").value = "1"; });
		await page.fill("#body", TEXT.replace("| 15 |", "| 30 |"));
		await page.fill("#comment", "Mine");
		await page.click("[value=save]");
		await page.waitForSelector("#own");
	} });
	add("/a/:article/edit", "visual", { name: "visual editor", act: async (page, world) => {
		await page.goto(`${world.origin}${a}/edit`);
		await page.click("[data-visual]");
		await page.waitForSelector("#visual");
	} });
	add("/a/:article/edit", "source", { name: "source, for readers", act: async (page, world) => {
		await page.goto(`${world.origin}/s/help`);
		await follow(page, ".tree a");
		await page.goto(`${page.url()}/edit`);
	} });
	add("/admin", "/admin");
	add("/admin/people", "/admin/people");
	add("/admin/people/new", "/admin/people/new");
	add("/admin/people/:login", "/admin/people/bek");
	add("/admin/groups", "/admin/groups");
	add("/admin/groups/:group", "/admin/groups/heads");
	add("/admin/offices", "/admin/offices");
	add("/admin/spaces", "/admin/spaces");
	add("/admin/spaces/:key", "/admin/spaces/desk");
	add("/admin/access", "/admin/access");
	add("/admin/access/check", "/admin/access/check?person=anna&space=desk");
	add("/admin/activity", "/admin/activity");
	add("/admin/audit", "/admin/audit");
	add("/admin/health", "/admin/health");
	return pages;
}

export function unlisted(pages) {
	const text = readFileSync(join(root, "server/routes.def"), "utf8");
	const routes = [...text.matchAll(/^ROUTE\(GET,\s*"([^"]+)"/gm)].map((found) => found[1]);

	return routes.filter((route) => !NO_PAGE.includes(route) && !pages.some((entry) => entry.route === route));
}

/* Fills a world that was started with these people and the starter articles. */
export async function furnish(world) {
	await rights(world);
	const ids = await articles(world);

	world.cli(["index", "--wait"]);
	await inTheBrowser(world, ids);
	return { ids, pages: list(ids) };
}

/* Shows the page of an entry. A text that is being written is left without a question. */
export async function visit(page, world, entry) {
	await page.evaluate(() => { window.onbeforeunload = null; });
	if (entry.act)
		await entry.act(page, world);
	else
		await page.goto(world.origin + entry.path);
}

export { form, password };
