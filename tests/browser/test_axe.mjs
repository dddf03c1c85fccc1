/*
 * Every page in four languages: axe-core finds nothing, nothing is wider than 320 pixels, the policy
 * of the page has nothing to report. Light, dark, wide and narrow take turns, so that every page is
 * seen in each of the four and in each language; with --long every page is seen in all of them.
 * DEVON_PICTURES=FOLDER keeps a picture of each.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, follow, run } from "./browser.mjs";
import { LANGUAGES, furnish, keeper, people, starter, unlisted, visit } from "./pages.mjs";

const axe = readFileSync(createRequire(join(build, "browser/package.json")).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [{ scheme: "light", width: 1280 }, { scheme: "dark", width: 390 }, { scheme: "dark", width: 1280 },
	{ scheme: "light", width: 390 }];
const keys = [...people, 'root.admin', 'heads', 'far', 'staff', 'desk', 'shelf', 'help', 'empty', 'tokyo', 'Tokyo', 'JP'];
const isLong = process.argv.includes("--long");
const shots = process.env.DEVON_PICTURES;

/* What axe does not look into while it is closed. */
const unfold = (page) => page.evaluate(() => {
	for (const details of document.querySelectorAll("main details, aside details, details.fold"))
		details.open = true;
});

async function faultsOf(page) {
	await page.evaluate(axe);
	return page.evaluate(async (values) => {
		/* What has scrolled half under the header that stays is no smaller for it. */
		window.scrollTo({ top: 0, behavior: "instant" });
		const found = await window.axe.run(document,
			{ runOnly: { type: "tag", values }, resultTypes: ["violations"] });

		return found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3)
			.map((node) => `${node.target} (${node.any.concat(node.all, node.none)
				.map((part) => part.message).join("; ")})`).join(" | ")}`);
	}, RULES);
}

/* The spacing of WCAG 1.4.12. */
const space = (page) => page.evaluate(() => {
	const sheet = new CSSStyleSheet();

	sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
		word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
	document.adoptedStyleSheets = [sheet];
});

/* A language whose words are longer by two fifths. */
const lengthen = (page) => page.evaluate(() => {
	document.adoptedStyleSheets = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);

	while (walk.nextNode())
		walk.currentNode.data = walk.currentNode.data.replace(/\p{L}{3,}/gu,
			(word) => word + word.slice(0, Math.ceil(word.length * 0.4)));
});

/* What reaches over the edge and scrolls in no region of its own. */
const wide = (page) => page.evaluate(() => {
	const most = document.documentElement.clientWidth;

	if (document.documentElement.scrollWidth <= most)
		return [];
	const inside = (element) => {
		for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
			if (getComputedStyle(at).overflowX !== "visible")
				return true;
		return false;
	};
	return [...document.body.querySelectorAll("*")]
		.filter((element) => element.getBoundingClientRect().right > most + 1 && !inside(element))
		.map((element) => `${element.tagName.toLowerCase()}.${element.className}#${element.id} `
			+ `${Math.round(element.getBoundingClientRect().right)}: ${element.textContent.slice(0, 40)}`)
		.slice(-4).concat(`${document.documentElement.scrollWidth} wide`);
});

/* Words of no language: names of programs and formats, and keys that are typed as they are. */
const SAME_EVERYWHERE = /^(Devon|Markdown|Atom|CSV|JSON|API|PDF|Unicode|CLDR|Chrome|Chromium|Excel|uz|ru|en|ja|[A-Z]{2,5}|Linux|Ctrl|Enter|Esc|Tab|[a-z0-9]+([._:-][a-z0-9]+)+|\S*[\d@/].*)$/;

/*
 * What is written in another script than the page's and names no language, or names one of that script. Texts
 * of articles and messages are left out, which name theirs as a whole, and options, which cannot hold an element.
 */
const unspoken = (page, keys) => page.evaluate(([same, known]) => {
	const kept = new RegExp(same), isCyrillic = (lang) => /^(ru|uz-Cyrl)/.test(lang);
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const found = [];

	while (walk.nextNode()) {
		const at = walk.currentNode.parentElement, { lang } = at.closest("[lang]");

		if (at.closest("script, style, code, kbd, pre, .mono, textarea, time, .diff, .text, .hits p[lang]")
			|| (at.matches("option") && /\p{Script=Cyrillic}.*\p{Script=Latin}|\p{Script=Latin}.*\p{Script=Cyrillic}/u.test(at.text)))
			continue;
		const words = (walk.currentNode.data.match(/[\p{L}\p{N}._:@/ʻʼ’-]+/gu) || [])
			.map((word) => word.replace(/^[^\p{L}]+|[^\p{L}\p{N}]+$/gu, ""))
			.filter((word) => !kept.test(word) && !known.includes(word)
				&& (isCyrillic(lang) ? /\p{Script=Latin}{2}/u : /\p{Script=Cyrillic}/u).test(word));

		if (words.length)
			found.push(`${words.join(" ")} in ${at.outerHTML.slice(0, 90)}`);
	}
	return [...new Set(found)];
}, [SAME_EVERYWHERE.source, keys]);

/* What longer words push out of its place: words cut off where nothing scrolls, and controls that lie over one another. */
const broken = (page) => page.evaluate(() => {
	const name = (element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`;
	const found = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["the page scrolls"] : [];
	const shown = (element) => element.checkVisibility({ opacityProperty: true }) && !element.closest(".visually-hidden, .skip");

	for (const element of document.querySelectorAll("a, button, summary, label, th, td, h1, h2, h3, dt, dd, legend, li"))
		if (shown(element) && getComputedStyle(element).overflowX !== "visible" && !element.matches(".menu summary, .menu summary *")
			&& element.scrollWidth > element.clientWidth + 1 && !/auto|scroll/.test(getComputedStyle(element).overflowX))
			found.push(`cut off: ${name(element)}`);
	const pressed = [...document.querySelectorAll("a, button, select, input:not([type=hidden], [type=checkbox], [type=radio])")].filter(shown);
	const frames = pressed.map((element) => [...element.getClientRects()]);
	const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
		&& Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;

	pressed.forEach((one, i) => {
		for (let k = i + 1; k < pressed.length; k++)
			if (!one.contains(pressed[k]) && one.closest(".wide, .matrix, .top") === pressed[k].closest(".wide, .matrix, .top")
				&& frames[i].some((a) => frames[k].some((b) => over(a, b))))
				found.push(`${name(one)} lies over ${name(pressed[k])}`);
	});
	return found.slice(0, 4);
});

async function look(page, world, check, entry, lang, { scheme, width }) {
	const what = `${entry.name}, ${lang}, ${scheme}, ${width}`;

	await page.emulateMedia({ colorScheme: scheme });
	await page.setViewportSize({ width, height: 900 });
	await visit(page, world, entry);
	check.equal(await page.evaluate(() => document.documentElement.lang), lang, `the language of ${what}`);
	check.equal(await page.evaluate(() => document.querySelector("a, button, input").className), "skip",
		`the skip link is first: ${what}`);
	if (shots)
		await page.screenshot({ path: join(shots, `${what.replace(/\W+/g, "-")}.png`), fullPage: true });
	await unfold(page);
	check.equal(await unspoken(page, keys), [], `everything says its language: ${what}`);
	check.equal(await faultsOf(page), [], what);
	await page.setViewportSize({ width: 320, height: 640 });
	await space(page);
	check.equal(await wide(page), [], `nothing is wider than the screen: ${what}`);
	await lengthen(page);
	check.equal(await wide(page), [], `nothing is wider with longer words: ${what}`);
	await page.setViewportSize({ width: 1280, height: 800 });
	check.equal(await broken(page), [], `longer words break no layout: ${what}`);
	check.equal(page.faults.splice(0), [], `nothing was refused: ${what}`);
}

async function inLanguage(world, check, pages, lang) {
	const number = LANGUAGES.indexOf(lang);

	for (const nobody of [true, false]) {
		const page = await world.page(nobody ? null : keeper(lang));

		page.on("dialog", (dialog) => dialog.accept());
		await page.goto(`${world.origin}${nobody ? "/login" : "/"}`);
		await follow(page, `.langs button[lang=${lang}]`);
		for (const [i, entry] of pages.entries()) {
			if (Boolean(entry.nobody) !== nobody)
				continue;
			for (const at of isLong ? LOOKS : [LOOKS[(i + number) % LOOKS.length]]) {
				try {
					await look(page, world, check, entry, lang, at);
				} catch (fault) {
					check.that(false, `${entry.name}, ${lang}: ${fault.message}`);
				}
			}
		}
		await page.context().close();
	}
}

let furnished;

async function everyPage(world, check) {
	furnished = furnish(world);
	const { pages } = await furnished;

	check.equal(unlisted(pages), [], "every page of routes.def is in the list");
	const waiting = [...LANGUAGES];
	const work = async () => {
		while (waiting.length)
			await inLanguage(world, check, pages, waiting.shift());
	};

	await Promise.all([work(), work()]);
}

/* What is closed at first: the menu, the list below the search. */
async function openParts(world, check) {
	const page = await world.page("anna");

	for (const colorScheme of ["light", "dark"]) {
		await page.emulateMedia({ colorScheme });
		await page.goto(`${world.origin}/`);
		await page.click(".menu summary");
		check.equal(await faultsOf(page), [], `the menu, ${colorScheme}`);
		await page.keyboard.press("Escape");
		await page.focus("#q");
		await page.keyboard.type("Repat");
		await page.waitForSelector("#q[aria-expanded=true]");
		await page.keyboard.press("ArrowDown");
		check.equal(await faultsOf(page), [], `suggestions, ${colorScheme}`);
	}
	await page.context().close();
}

/* The theme of the settings wins over the system's. */
async function storedTheme(world, check) {
	const page = await world.page("bek");
	const { ids } = await furnished;

	for (const [theme, colorScheme] of [["dark", "light"], ["light", "dark"]]) {
		await page.emulateMedia({ colorScheme });
		await page.goto(`${world.origin}/settings`);
		await page.selectOption("[name=theme]", theme);
		await follow(page, "form[action='/settings'] button");
		for (const path of [`/a/${ids.main}?q=tartib`, `/a/${ids.main}/diff/1..2`, "/search?q=repatriatsiya", "/settings"]) {
			await page.goto(world.origin + path);
			const [red] = /\d+/.exec(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
			check.equal(Number(red) < 128 ? "dark" : "light", theme, `the background of ${path}`);
			check.equal(await faultsOf(page), [], `${path}, theme ${theme}`);
		}
	}
	await page.context().close();
}

/* Printed is the text, whose it is, and nothing to click. */
async function printed(world, check) {
	const page = await world.page("anna");
	const { ids } = await furnished;

	await page.goto(`${world.origin}/a/${ids.main}`);
	await page.emulateMedia({ media: "print", colorScheme: "dark" });
	const shown = await page.evaluate(() => [...document.querySelectorAll("nav, header, aside, footer, button, .skip")]
		.filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0)
		.map((element) => `${element.tagName} ${element.className}`));
	check.equal(shown, [], "no navigation");
	check.equal(await page.locator("main > section:visible").count(), 0, "no lists of what is near");
	check.that(await page.isVisible(".print-only") && await page.isVisible("article"), "whose it is, and the text");
	const spelled = (link) => page.locator(`article a[href^="${link}"]`).first().evaluate(
		(element) => getComputedStyle(element, "::after").content.includes(element.href));

	check.that(!await spelled("https://example.org"), "an address that is read in the text is not spelled again");
	check.that(await spelled("https://lex.uz"), "behind other words it is");
	check.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)",
		"on white, whatever the theme");
	await page.context().close();
}

/* The system's own few colours: where one is at hand, what was told by a colour has another sign. */
async function forcedColours(world, check) {
	const { ids } = await furnished;

	for (const colorScheme of ["light", "dark"]) {
		const page = await world.page("anna", { forcedColors: "active", colorScheme });
		const edge = (selector, side) => page.locator(selector).first().evaluate(
			(element, name) => getComputedStyle(element)[`border-${name}-color`], side);

		await page.goto(`${world.origin}/a/${ids.main}/diff/1..2`);
		check.that(await edge(".bar a[aria-current]", "bottom") !== await edge(".bar a:not([aria-current])", "bottom"),
			`the tab that is open, ${colorScheme}`);
		check.that(await edge(".diff .added .line", "left") !== await edge(".diff tr:not([class]) .line", "left"),
			`lines that changed, ${colorScheme}`);
		check.equal(await page.locator(".diff ins").first().evaluate((words) => getComputedStyle(words).textDecorationLine),
			"underline", `words that were added, ${colorScheme}`);
		check.equal(await faultsOf(page), [], `differences in forced colours, ${colorScheme}`);
		await page.context().close();
	}
}

await run([everyPage, openParts, storedTheme, printed, forcedColours], people, starter);
