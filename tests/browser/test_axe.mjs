/*
 * Every page in four languages: axe-core finds nothing, nothing is wider than 320 pixels, the policy
 * of the page has nothing to report. Light, dark, wide and narrow take turns, so that every page is
 * seen in each of the four and in each language; with --long every page is seen in all of them.
 * DEVON_SHOTS=FOLDER keeps a picture of each.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, run } from "./browser.mjs";
import { LANGUAGES, furnish, keeper, people, starter, unlisted, visit } from "./pages.mjs";

const axe = readFileSync(createRequire(join(build, "browser/package.json")).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [{ scheme: "light", width: 1280 }, { scheme: "dark", width: 390 }, { scheme: "dark", width: 1280 },
	{ scheme: "light", width: 390 }];
const isLong = process.argv.includes("--long");
const shots = process.env.DEVON_SHOTS;

/* What axe does not look into while it is closed. */
const unfold = (page) => page.evaluate(() => {
	for (const details of document.querySelectorAll("main details, aside details, details.fold"))
		details.open = true;
});

async function faultsOf(page) {
	await page.evaluate(axe);
	return page.evaluate(async (values) => {
		const found = await window.axe.run(document,
			{ runOnly: { type: "tag", values }, resultTypes: ["violations"] });

		return found.violations.map((rule) => `${rule.id}: ${rule.nodes.slice(0, 3)
			.map((node) => `${node.target} (${node.any.concat(node.all, node.none)
				.map((part) => part.message).join("; ")})`).join(" | ")}`);
	}, RULES);
}

/* With the spacing of WCAG 1.4.12, what reaches over the edge and scrolls in no region of its own. */
const wide = (page) => page.evaluate(() => {
	const sheet = new CSSStyleSheet();

	sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
		word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
	document.adoptedStyleSheets = [sheet];
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
	check.equal(await faultsOf(page), [], what);
	await page.setViewportSize({ width: 320, height: 640 });
	check.equal(await wide(page), [], `nothing is wider than the screen: ${what}`);
	check.equal(page.faults.splice(0), [], `nothing was refused: ${what}`);
}

async function inLanguage(world, check, pages, lang) {
	const number = LANGUAGES.indexOf(lang);

	for (const nobody of [true, false]) {
		const page = await world.page(nobody ? null : keeper(lang));

		page.on("dialog", (dialog) => dialog.accept());
		await page.goto(`${world.origin}${nobody ? "/login" : "/"}`);
		await page.click(`.langs button[lang=${lang}]`);
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

let pages;

async function everyPage(world, check) {
	({ pages } = await furnish(world));
	check.equal(unlisted(pages), [], "every page of routes.def is in the list");
	const waiting = [...LANGUAGES];
	const work = async () => {
		while (waiting.length)
			await inLanguage(world, check, pages, waiting.shift());
	};

	await Promise.all([work(), work()]);
}

await run([everyPage], people, starter);
