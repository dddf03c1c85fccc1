/*
 * The visual editor saves what was not changed byte for byte: texts of our own and 200 real articles
 * come back as they were, and random edits leave all other blocks alone, also as the server shows them.
 */
import { dice, ownTexts, realTexts } from "./articles.mjs";
import { run } from "./browser.mjs";

const long = process.argv.includes("--long");
const seed = Number(process.env.DEVON_SEED || 20261122);

/* The page of a new article, with the module of the visual editor as window.visual. */
async function editorPage(world) {
	const page = await world.page("anna");

	await page.goto(`${world.origin}/new`);
	const address = await page.getAttribute("[data-visual]", "data-visual");
	await page.evaluate(async (path) => { window.visual = await import(path); }, address);
	return page;
}

const same = (page, texts) => page.evaluate((list) => list.map((text) => {
	const source = window.visual.open(text);

	return source.text(source.doc) === text;
}), texts.map((one) => one.text));

async function comesBack(world, check) {
	const page = await editorPage(world);
	const real = realTexts(long ? 2000 : 200);
	const texts = [...ownTexts(), ...real];

	if (!real.length)
		check.skip("200 real articles through the visual editor: no test data");
	(await same(page, texts)).forEach((good, i) => check.that(good, `${texts[i].name} comes back as it was`));
	check.equal(page.faults, [], "the policy of the page refuses nothing");
	await page.close();
}

/*
 * Runs in the page. Opens the text, edits it at random, and tells whether each block that nobody
 * touched stands in the result as it was, in order: [what was done, the first block that is missing].
 */
function editAtRandom([text, numbers]) {
	const area = document.querySelector("#body");
	const tools = {
		popup: () => ({ show() {}, close() {}, list: document.createElement("ul") }),
		asker: () => () => {}, later: () => () => {}, parse: (html) => html, keys: () => false, files: () => false,
	};
	const words = ["zz", "*", "_", "# x", "- x", "1. x", "> x", "<b>", "&amp;", "[[T]]", "[x]: y", "|", "`", "~~~",
		"    x", "===", "---", "\\", "![", "http://x.uz/a_b_", "[^1]: n", "+", "ўзбек"];
	let next = 0;
	const pick = (below) => numbers[next++ % numbers.length] % Math.max(1, below);
	const source = window.visual.open(text), did = [];

	area.value = text;
	const editor = window.visual.mount(area, tools), { view } = editor;
	const before = [], doc = view.state.doc;
	const alone = (node) => source.text(source.doc.type.create(null, [node])).replace(/^\n+|\s+$/g, "");

	source.doc.forEach((node, at, i) => before.push([doc.child(i), alone(node)]));
	for (let step = 0; step < 3; step++) {
		const { state } = view;
		const i = pick(state.doc.childCount), kind = pick(5);
		let at = 0;

		for (let k = 0; k < i; k++)
			at += state.doc.child(k).nodeSize;
		const end = at + state.doc.child(i).nodeSize, word = words[pick(words.length)];
		const places = [];
		state.doc.nodesBetween(at, end, (node, pos) => {
			if (node.isTextblock)
				for (let k = 0; k <= node.content.size; k++)
					places.push(pos + 1 + k);
		});
		const place = places[pick(places.length)];
		const { tr } = state, { nodes } = state.schema;
		if (kind === 0)
			tr.delete(at, end);
		else if (kind === 1)
			tr.insert(at, nodes.paragraph.create(null, state.schema.text(word)));
		else if (kind === 2 && place !== undefined && state.doc.resolve(place).depth === 1)
			tr.split(place);
		else if (place !== undefined)
			tr.insertText(word, place);
		did.push([kind, i, word]);
		view.dispatch(tr);
	}
	const left = [];
	view.state.doc.forEach((node) => {
		const old = before.find(([one]) => one === node);
		/* What is indented may have to be written anew: behind a list it would become its part. */
		if (old && !/^[ \t]/.test(old[1]))
			left.push(old[1]);
	});
	const result = area.value, after = [];
	const again = window.visual.open(result);
	again.doc.forEach((node) =>
		after.push(again.text(again.doc.type.create(null, [node])).replace(/^\n+|\s+$/g, "")));
	editor.close();
	document.querySelector("#visual")?.remove();
	let from = 0;
	for (const block of left) {
		const found = after.indexOf(block, from);
		if (found < 0 || !result.includes(block))
			return [JSON.stringify(did), block, result];
		from = found + 1;
	}
	return null;
}

/* Where blocks begin and end, as cmark-gfm sees it: each text with its blocks. */
const borders = [
	["[^1]: note\n# Head\nText", ["[^1]: note", "# Head", "Text"]],
	["[^1]: note\nlazy\n\n    more\n\nText", ["[^1]: note\nlazy\n\n    more", "Text"]],
	["Text\n[^1]: note", ["Text", "[^1]: note"]],
	["[a]: /x\n[b]: /y\nText", ["[a]: /x\n[b]: /y", "Text"]],
	["Text\n[a]: /x", ["Text\n[a]: /x"]],
	["Text\n| a |\n|---|\n| 1 |\nplain\n\nText", ["Text", "| a |\n|---|\n| 1 |\nplain", "Text"]],
	["- a\n\n\n- b\n* c", ["- a\n\n\n- b", "* c"]],
	["> a\nlazy\n\n> b", ["> a\nlazy", "> b"]],
	["Head\n---\n---\nText", ["Head\n---", "---", "Text"]],
	["```\na\n\n# b\n```\nText", ["```\na\n\n# b\n```", "Text"]],
	["<div>\na\n\n*b*", ["<div>\na", "*b*"]],
	["<!-- a\n\nb -->\nText", ["<!-- a\n\nb -->", "Text"]],
	["    a\n\n    b\nText", ["    a\n\n    b", "Text"]],
];

async function blocksBegin(world, check) {
	const page = await editorPage(world);

	for (const [text, blocks] of borders)
		check.equal(await page.evaluate((words) => {
			const source = window.visual.open(words), found = [];

			source.doc.forEach((node) => found.push(source.text(source.doc.type.create(null, [node]))));
			return found;
		}, text), blocks, `blocks of ${JSON.stringify(text)}`);
	await page.close();
}

async function othersStay(world, check) {
	const page = await editorPage(world);
	const texts = [...ownTexts(), ...realTexts(long ? 600 : 120)];
	const roll = dice(seed);

	console.log("seed", seed);
	for (const { name, text } of texts)
		for (let round = 0; round < (long ? 10 : 3); round++) {
			const numbers = Array.from({ length: 40 }, () => roll(1 << 30));
			const lost = await page.evaluate(editAtRandom, [text, numbers]);

			check.that(!lost, lost && `${name}: ${lost[0]} changed ${JSON.stringify(lost[1]).slice(0, 300)}`);
		}
	check.equal(page.faults, [], "the policy of the page refuses nothing");
	await page.close();
}

/*
 * Runs in the page: letters typed into one block; the elements at the top of the server's preview
 * before and after. A block that is no element of its own (definitions) is not taken.
 */
async function editAndPreview([text, number]) {
	const area = document.querySelector("#body");
	const tools = {
		popup: () => ({ show() {}, close() {}, list: document.createElement("ul") }),
		asker: () => () => {}, later: () => () => {}, parse: (html) => html, keys: () => false, files: () => false,
	};
	const preview = async (words) => {
		const form = new FormData(area.form);

		form.set("body", words);
		form.set("do", "preview");
		const reply = await fetch(area.form.action, {
			method: "POST", body: new URLSearchParams(form), headers: { "X-Fragment": "preview" },
		});
		const holder = new DOMParser().parseFromString(await reply.text(), "text/html");
		return [...holder.querySelector(".preview").children]
			/* Anchors of equal headings are numbered in their order. */
			.map((one) => one.outerHTML.replace(/ id="h-[^"]*"/g, ""));
	};

	area.value = text;
	const editor = window.visual.mount(area, tools), { view } = editor;
	const places = [];
	view.state.doc.descendants((node, pos, parent) => {
		if (node.isText && parent.type.name !== "source" && !/^\s|\s$/.test(node.text) && !node.marks.length)
			places.push(pos + Math.ceil(node.nodeSize / 2));
	});
	if (places.length)
		view.dispatch(view.state.tr.insertText("zzz", places[number % places.length]));
	const changed = area.value;
	editor.close();
	return places.length ? [await preview(text), await preview(changed)] : null;
}

async function serverAgrees(world, check) {
	const page = await editorPage(world);
	const texts = [...ownTexts(), ...realTexts(long ? 400 : 60)];
	const roll = dice(seed + 1);

	await page.evaluate((policy) => {
		/* The test makes documents of answers too. */
		window.trustedTypes?.createPolicy("default", { createHTML: (html) => html });
		return policy;
	}, null);
	for (const { name, text } of texts) {
		const pair = await page.evaluate(editAndPreview, [text, roll(1 << 30)]);

		if (!pair)
			continue;
		const [before, after] = pair;
		const differ = before.filter((html, i) => html !== after[i]).length;

		check.equal(after.length, before.length, `${name}: as many blocks as before`);
		check.that(differ <= 1, `${name}: ${differ} blocks differ after an edit of one: ${
			before.flatMap((html, i) => html === after[i] ? [] : [html.slice(0, 200), after[i]?.slice(0, 200)]).join("\n")}`);
	}
	await page.close();
}

async function weighs(world, check) {
	const page = await world.page("anna");
	const asked = [];

	page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").pop()));
	await page.goto(`${world.origin}/new`, { waitUntil: "networkidle" });
	check.that(!asked.some((name) => /^visual/.test(name)), "the visual editor comes only when it is asked for");
	check.that(asked.filter((name) => name !== "favicon.svg" && name !== "dark.css").length <= 3,
		`at most three requests before a page shows: ${asked}`);
	const size = async (address) => {
		const reply = await fetch(world.origin + address, { headers: { "Accept-Encoding": "gzip" } });

		return Number(reply.headers.get("content-length"));
	};
	const script = await size(await page.getAttribute("script[src]", "src"));
	const visual = await size(await page.getAttribute("[data-visual]", "data-visual"));
	const sheet = await size(await page.getAttribute("[data-visual]", "data-style"));

	console.log(`app.js ${script}, visual.js ${visual}, visual.css ${sheet} bytes`);
	check.that(script > 0 && script <= 6 * 1024, `app.js has ${script} bytes, at most 6 KB`);
	check.that(visual > 0 && visual + sheet <= 110000, `the visual editor has ${visual + sheet} bytes`);
	await page.close();
}

await run([comesBack, blocksBegin, othersStay, serverAgrees, weighs]);
