/*
 * A line of 64 kbit/s with 700 ms of delay, as embassies far away have: prints when the text of an
 * article was painted. Seconds depend on the machine, so that only bytes and requests can fail.
 */
import { run } from "./browser.mjs";
import { keeper, people, starter } from "./pages.mjs";
import { beforeContent, bytesOf, painted, traveller } from "./travel.mjs";

const BITS = 64000, DELAY = 700, FIRST = 40000, LATER = 15000, REQUESTS = 3;

async function reading(world, check) {
	const page = await world.page(keeper("ru"));
	const link = await traveller(page);
	const show = async (what, path) => {
		await page.goto("about:blank");
		link.travelled();
		await page.goto(world.origin + path);
		const when = await painted(page);
		await page.waitForLoadState("networkidle");
		const list = link.travelled();
		console.log(`${what}: text painted after ${when.first} ms, all of it after ${when.largest} ms; `
			+ `${bytesOf(list)} bytes, ${list.length} requests, ${await beforeContent(page)} of them before content`);
		return bytesOf(list);
	};

	await page.goto(`${world.origin}/s/help`);
	const paths = await page.locator(".tree a[href^='/a/']").evaluateAll((links) =>
		[...new Set(links.map((a) => a.getAttribute("href")))].slice(0, 2));
	await link.slow(BITS, DELAY);
	await link.forget();
	check.that(await show("article, first view", paths[0]) <= FIRST, "the first view of an article");
	check.that(await beforeContent(page) <= REQUESTS, "requests before its content");
	check.that(await show("another article, later", paths[1]) <= LATER, "the later view of another");
	check.that(await show("the same article again", paths[1]) <= 2000, "what has not changed is not sent again");
	check.that(await show("search", "/search?q=консул") <= LATER, "a search");
	check.that(await show("home", "/") <= LATER, "home");
}

await run([reading], people, starter);
