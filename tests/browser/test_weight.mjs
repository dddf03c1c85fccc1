/*
 * What pages weigh as they travel: the first view with style sheets and script, later views alone, and
 * the requests before content shows. The static files have their budgets in tools/assets/build.mjs too.
 */
import { run } from "./browser.mjs";
import { furnish, keeper, people, starter, visit } from "./pages.mjs";
import { beforeContent, bytesOf, traveller } from "./travel.mjs";

const FIRST = 40000, LATER = 15000, REQUESTS = 3, EDITOR = 110000;

const told = (list) => list.map((reply) => `${reply.url} ${reply.bytes}`).join(", ");

async function everyPage(world, check) {
	const { pages, ids } = await furnish(world);
	const page = await world.page(keeper("en"));
	const link = await traveller(page);
	const heaviest = { first: [0], later: [0] };

	page.on("dialog", (dialog) => dialog.accept());
	for (const entry of pages.filter((each) => !each.act && !each.nobody)) {
		await link.forget();
		await page.goto("about:blank");
		link.travelled();
		await visit(page, world, entry);
		await page.waitForLoadState("networkidle");
		const first = link.travelled(), blocking = await beforeContent(page);

		await visit(page, world, entry);
		await page.waitForLoadState("networkidle");
		const again = link.travelled(), later = first.slice(0, 1);

		check.that(bytesOf(first) <= FIRST, `first view of ${entry.name}: ${told(first)}`);
		check.that(bytesOf(later) <= LATER, `the page alone of ${entry.name}: ${told(later)}`);
		check.that(blocking <= REQUESTS, `requests before content of ${entry.name}: ${blocking}`);
		check.that(first.length > 1 && again.length === 1, `only the page itself comes again: ${told(again)}`);
		if (bytesOf(first) > heaviest.first[0])
			heaviest.first = [bytesOf(first), entry.name];
		if (bytesOf(later) > heaviest.later[0])
			heaviest.later = [bytesOf(later), entry.name];
	}
	console.log(`heaviest first view: ${heaviest.first.join(" bytes, ")}`);
	console.log(`heaviest later view: ${heaviest.later.join(" bytes, ")}`);
	await editorOnRequest(world, check, page, link, ids);
}

async function editorOnRequest(world, check, page, link, ids) {
	await page.goto(`${world.origin}/a/${ids.main}/edit`);
	await page.waitForLoadState("networkidle");
	const before = link.travelled().filter((reply) => /visual/.test(reply.url));

	check.equal(before, [], "the visual editor is not loaded before it is asked for");
	await page.click("[data-visual]");
	await page.waitForSelector("#visual");
	await page.waitForLoadState("networkidle");
	const editor = link.travelled().filter((reply) => /visual/.test(reply.url));
	check.that(editor.length === 2 && bytesOf(editor) <= EDITOR, `the visual editor: ${told(editor)}`);
	console.log(`visual editor: ${bytesOf(editor)} bytes`);
}

async function signingIn(world, check) {
	const page = await world.page(null);
	const link = await traveller(page);

	await page.goto(`${world.origin}/login`);
	await page.waitForLoadState("networkidle");
	const list = link.travelled();
	check.that(bytesOf(list) <= FIRST, `the page to sign in: ${told(list)}`);
	check.that(await beforeContent(page) <= REQUESTS, "requests before the form shows");
}

await run([everyPage, signingIn], people, starter);
