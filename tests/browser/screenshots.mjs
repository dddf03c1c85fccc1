/*
 * A tour of pictures through all pages: the four languages, light, dark, and as a phone shows them.
 *	node tests/browser/screenshots.mjs [FOLDER]       (make screenshots; default: $DEVON_BUILD/screenshots)
 * The house is furnished as one in use: starter articles, people, discussions, searches of three
 * months, and real articles where the test data is. The best dozen are kept in docs/screenshots.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { realTexts } from "./articles.mjs";
import { build, root, start } from "./browser.mjs";

const folder = process.argv[2] || join(build, "screenshots");
const only = new RegExp(process.env.DEVON_SHOTS || ""); // e.g. "^(home|search)-ru-light$"
const LANGUAGES = ["uz-Latn", "uz-Cyrl", "ru", "en"];
const MODES = {
	light: { viewport: { width: 1280, height: 860 }, colorScheme: "light" },
	dark: { viewport: { width: 1280, height: 860 }, colorScheme: "dark" },
	phone: { viewport: { width: 390, height: 780 }, colorScheme: "light", hasTouch: true, isMobile: true },
};
/* What docs/screenshots shows: file of the tour -> name there. */
const KEPT = {
	"home-uz-Latn-light": "home", "search-uz-Latn-light": "search", "article-ru-light": "article",
	"article-uz-Cyrl-dark": "article-dark", "edit-uz-Latn-light": "edit", "diff-ru-light": "diff",
	"talk-uz-Latn-light": "discussion", "access-en-light": "access", "activity-en-light": "activity",
	"glossary-ru-light": "glossary", "search-uz-Cyrl-phone": "phone-search", "article-en-phone": "phone-article",
};
const LIMIT = 150 * 1024;

/* Called by what they do: pictures of the product show nobody who could be taken for a person. */
const PEOPLE = {
	maslahatchi: ["Bosh maslahatchi", "Konsullik departamenti", "uz, ru, en", "legalizatsiya, apostil"],
	kotib: ["Birinchi kotib", "Elchixona", "uz, en, ja", "viza, protokol"],
	konsul: ["Konsul", "Konsullik departamenti", "uz, ru", "konsullik hisobi, fuqarolik"],
	boshliq: ["Boʻlim boshligʻi", "Shartnomalar boʻlimi", "uz, ru, en", "shartnomalar"],
	attashe: ["Атташе", "Протокол", "ru, en, uz", "переводы, протокол"],
	referent: ["Referent", "Kutubxona", "uz, en", "axborot"],
};
const QUERIES = ["pasport", "паспорт", "legalizatsiya", "apostil", "виза", "visa", "konsullik", "тугилганлик",
	"nikoh", "гражданство", "ishonchnoma", "qaytish guvohnomasi", "marriage", "protokol"];
const MISSED = ["komandirovka smetasi", "отпускной лист", "duty roster", "xizmat mashinasi"];

async function rights(world) {
	world.cli(["office", "add", "consular", "--name", "Konsullik departamenti", "--city", "Toshkent",
		"--country", "UZ", "--zone", "Asia/Tashkent"]);
	world.cli(["office", "add", "tokyo", "--name", "Tokiodagi elchixona", "--city", "Tokio", "--country", "JP",
		"--zone", "Asia/Tokyo"]);
	for (const [key, name, members] of [["consuls", "Konsullar", ["maslahatchi", "konsul", "kotib"]],
		["protocol-staff", "Protokol xodimlari", ["attashe", "boshliq"]], ["heads", "Boʻlim boshliqlari", ["maslahatchi", "boshliq"]]]) {
		world.cli(["group", "add", key, "--name", name]);
		members.forEach((login) => world.cli(["group", "member", key, login]));
	}
	world.cli(["grant", "desk", "staff", "none"]);
	for (const [key, name, russian, english] of [["consular", "Konsullik ishlari", "Консульские дела", "Consular affairs"],
		["protocol", "Protokol", "Протокол", "Protocol"], ["treaties", "Shartnomalar", "Договоры", "Treaties"],
		["library", "Kutubxona", "Библиотека", "Library"]]) {
		world.cli(["space", "add", key, "--name", name, "--lang", "uz-Latn"]);
		world.cli(["space", "set", key, "--name", russian, "--lang", "ru"]);
		world.cli(["space", "set", key, "--name", english, "--lang", "en"]);
		world.cli(["grant", key, "staff", "read"]);
		world.cli(["grant", key, "heads", "manage"]);
	}
	world.cli(["grant", "protocol", "protocol-staff", "write"]);
	world.cli(["grant", "treaties", "consuls", "write"]);
	world.cli(["grant", "consular", "consuls", "write"]);
	for (const [login, [name, position, languages, skills]] of Object.entries(PEOPLE))
		world.cli(["person", "set", login, "--name", name, "--position", position, "--languages", languages,
			"--skills", skills, "--office", login === "kotib" ? "tokyo" : "consular"]);
	world.cli(["person", "set", "maslahatchi", "--duties", "accounts,audit", "--phone", "+998 71 000 00 00"]);
}

/* These folders of the starter articles, in a folder of their own. */
function partOf(folders) {
	const place = mkdtempSync(join(tmpdir(), "devon-starter-"));

	folders.forEach((name) => cpSync(join(root, "content", name), join(place, name), { recursive: true }));
	return place;
}

/* The consular cards have a space of their own here. */
function consular(world) {
	const place = partOf(["consular"]);

	world.cli(["import", "--space", "consular", "--author", "konsul", place]);
	rmSync(place, { recursive: true });
}

function library(world) {
	const texts = realTexts(60);
	const place = mkdtempSync(join(tmpdir(), "devon-library-"));

	if (!texts.length)
		console.log("skipped: real articles (no test data)");
	texts.forEach(({ text }, i) => writeFileSync(join(place, `${i}.md`), text));
	if (texts.length)
		world.cli(["import", "--space", "library", "--author", "referent", place]);
	rmSync(place, { recursive: true });
}

async function must(world, login, method, path, body) {
	const reply = await world.api(login, method, path, body);

	if (reply.status >= 300)
		throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.json)}`);
	return reply.json;
}

/* The article that is looked at from all sides, in the language of the pages. */
async function findOne(world, lang, query) {
	const found = await must(world, "maslahatchi", "GET",
		`search?q=${encodeURIComponent(query)}&space=consular&lang=${lang}`);

	return found.hits[0].id;
}

async function work(world) {
	const ids = {};

	for (let i = 1; i <= 5; i++)
		await must(world, "boshliq", "POST", "articles", { space: "protocol", lang: "uz-Latn", title: `Tashrif tartibi, ${i}-ilova`,
			tags: ["protokol"], body: "Delegatsiyani kutib olish tartibi.\n\n## Tayyorgarlik\n\n- reja\n- mehmonxona\n" });
	await must(world, "maslahatchi", "POST", "articles", { space: "consular", lang: "uz-Latn", status: "draft",
		title: "Apostil: savol-javob", body: "Apostil qaysi hujjatlarga qoʻyiladi?" });
	for (const [lang, query] of [["uz-Latn", "title:pasport"], ["uz-Cyrl", "title:паспорт"], ["ru", "title:паспорт"],
		["en", "title:passport"]]) {
		const id = await findOne(world, lang, query);
		const now = await must(world, "konsul", "GET", `articles/${id}`);

		ids[lang] = { article: id, title: now.title };
		await must(world, "konsul", "PUT", `articles/${id}`, { base: now.revision.number, comment: "Muddat aniqlashtirildi",
			body: now.body.replace(/\n\n/, "\n\n**2026-07-01:** 15 → 10.\n\n") });
		const thread = await must(world, "kotib", "POST", `articles/${id}/threads`,
			{ title: "Muddat 1-iyuldan oʻzgardimi?", body: "Yangi muddat *barcha* vakolatxonalarga tegishlimi?" });
		await must(world, "konsul", "POST", `threads/${thread.id}/posts`,
			{ body: "> Yangi muddat barcha vakolatxonalarga tegishlimi?\n\nHa, hammasiga. Maqolani yangiladim." });
		await must(world, "attashe", "POST", `threads/${thread.id}/posts`, { body: "Спасибо! Поправлю русский текст." });
		ids[lang].thread = thread.id;
	}
	for (const [i, query] of QUERIES.concat(MISSED).entries())
		for (const [k, login] of Object.keys(PEOPLE).entries())
			if ((i + k) % 3)
				await must(world, login, "GET", `search?q=${encodeURIComponent(query)}`);
	return ids;
}

/* What happened today, spread over the months before, so that charts and lists look as in a house in use. */
const AGE = `
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=30)
WEEK = 604800
end = time.time() + 30
while db.execute("SELECT count(*) FROM search_log").fetchone()[0] < 60 and time.time() < end:
	time.sleep(0.2)
rows = db.execute("SELECT at, person_id, mark, query, key, hits FROM search_log").fetchall()
for week in range(1, 13):
	share = [r for i, r in enumerate(rows) if (i * 7 + week * 3) % 14 < 13 - week * 2 // 3]
	db.executemany("INSERT INTO search_log (at, person_id, mark, query, key, hits) VALUES (?, ?, ?, ?, ?, ?)",
		[(r[0] - week * WEEK, *r[1:]) for r in share])
now = int(time.time())
DAY = 86400
articles = db.execute("SELECT id FROM article ORDER BY id").fetchall()
for rank, (id,) in enumerate(articles):
	made = now - (len(articles) - rank) * 330 * DAY // len(articles) - rank * 7919 % DAY // 2
	db.execute("UPDATE article SET created_at = ?, modified_at = ? WHERE id = ?", (made, made, id))
	db.execute("UPDATE revision SET at = ? WHERE article_id = ?", (made, id))
later = db.execute("SELECT id, article_id FROM revision WHERE number > 1 ORDER BY id").fetchall()
for rank, (id, article) in enumerate(later):
	at = now - (len(later) - rank) * DAY // len(later) - rank * 3571 % 7200
	db.execute("UPDATE revision SET at = ? WHERE id = ?", (at, id))
	db.execute("UPDATE article SET modified_at = ? WHERE id = ?", (at, article))
db.commit()
`;

const pagesOf = (ids) => {
	const a = `/a/${ids.article}`;
	const q = encodeURIComponent(ids.title.split(" ").slice(0, 2).join(" "));

	return {
		home: "/", search: `/search?q=${encodeURIComponent("pasport muddati")}`, "search-own": `/search?q=${q}`,
		nothing: "/search?q=qwertyuiopzxcv", article: a, edit: `${a}/edit`, history: `${a}/history`, diff: `${a}/diff/1..2`,
		talks: `${a}/talk`, talk: `${a}/talk/${ids.thread}`, files: `${a}/files`, links: `${a}/links`,
		readers: `${a}/access`, move: `${a}/move`, new: "/new", space: "/s/consular", tree: "/s/consular/tree", spaces: "/s",
		help: "/s/help", changes: "/changes", glossary: "/glossary", people: "/people", person: "/p/konsul",
		group: "/g/consuls", notices: "/notices", settings: "/settings", profile: "/settings/profile",
		audiences: "/s/consular/audiences", admin: "/admin", "admin-people": "/admin/people",
		"admin-person": "/admin/people/kotib", "admin-groups": "/admin/groups", "admin-spaces": "/admin/spaces",
		"admin-space": "/admin/spaces/consular", access: "/admin/access", "access-check": "/admin/access/check?person=kotib",
		searches: "/admin/searches?days=90", activity: "/admin/activity", audit: "/admin/audit", health: "/admin/health",
		missing: "/w/Nowhere",
	};
};

async function tour(world, ids, lang, mode, settings) {
	const pages = Object.entries(pagesOf(ids)).filter(([name]) => only.test(`${name}-${lang}-${mode}`));

	if (!pages.length)
		return 0;
	const page = await world.page("maslahatchi", settings);
	const guest = await world.page(null, settings);
	/* The browser refuses now and then while the machine is busy; once more is enough. */
	const shoot = (of, name) => {
		const take = () => of.screenshot({ path: join(folder, `${name}-${lang}-${mode}.png`) });

		return take().catch(take);
	};

	await page.locator(`.langs button[lang=${lang}]:visible`).first().click();
	for (const [name, path] of pages) {
		await page.goto(world.origin + path);
		await shoot(page, name);
		await page.evaluate(() => { window.onbeforeunload = null; });
	}
	await guest.goto(`${world.origin}/login`);
	await guest.locator(`.langs button[lang=${lang}]:visible`).first().click();
	await shoot(guest, "login");
	await page.context().close();
	await guest.context().close();
	return pages.length + 1;
}

/* The browser itself makes them small. */
async function keep(world) {
	const page = await world.page(null);

	mkdirSync(join(root, "docs/screenshots"), { recursive: true });
	for (const [from, name] of Object.entries(KEPT)) {
		const png = readFileSync(join(folder, `${from}.png`)).toString("base64");
		const webp = await page.evaluate(async (bytes) => {
			const image = new Image();

			image.src = `data:image/png;base64,${bytes}`;
			await image.decode();
			const canvas = Object.assign(document.createElement("canvas"),
				{ width: image.naturalWidth, height: image.naturalHeight });
			canvas.getContext("2d").drawImage(image, 0, 0);
			return canvas.toDataURL("image/webp", 0.9).split(",")[1];
		}, png);
		const bytes = Buffer.from(webp, "base64");

		if (bytes.length > LIMIT)
			throw new Error(`${name}: ${bytes.length} bytes are too many`);
		writeFileSync(join(root, "docs/screenshots", `${name}.webp`), bytes);
	}
}

async function main() {
	const place = partOf(readdirSync(join(root, "content")).filter((name) => name !== "consular"));
	const world = await start(Object.keys(PEOPLE), ["--starter", place]);
	let shots = 0;

	mkdirSync(folder, { recursive: true });
	try {
		await rights(world);
		consular(world);
		library(world);
		world.cli(["index", "--wait"]);
		const ids = await work(world);

		world.cli(["index", "--wait"]);
		execFileSync("python3", ["-c", AGE, join(world.data, "devon.db")]);
		for (const lang of LANGUAGES)
			for (const [mode, settings] of Object.entries(MODES))
				shots += await tour(world, ids[lang], lang, mode, settings);
		if (process.argv.includes("--keep"))
			await keep(world);
	} finally {
		await world.end();
		rmSync(place, { recursive: true });
	}
	console.log(`${shots} pictures in ${folder}`);
	return 0;
}

process.exit(await main());
