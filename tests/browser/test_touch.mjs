/*
 * Under a finger: on a phone everything that is pressed is 44 pixels high, on every page. Left out are links within a
 * sentence and within cells of tables, where WCAG 2.5.8 asks for less; axe-core measures those.
 */
import { run } from "./browser.mjs";
import { furnish, keeper, people, starter, visit } from "./pages.mjs";

let furnished;
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/* What is lower than a finger needs. A box is pressed by its label, too, and a chip beyond its edge. */
const low = (page) => page.evaluate(() => {
	const LEAST = 43.5;

	for (const details of document.querySelectorAll("details"))
		details.open = true;
	const among = (element) => [...element.parentElement.childNodes]
		.some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data));
	const pressed = (element) => {
		const label = element.matches("[type=checkbox], [type=radio]") && element.labels[0];

		return label ? label.parentElement : element;
	};
	const height = (element) => Math.max(pressed(element).getBoundingClientRect().height,
		parseFloat(getComputedStyle(element, "::after").height) || 0);

	return [...document.querySelectorAll("a, button, select, summary, input:not([type=hidden], [type=file])")]
		.filter((element) => element.checkVisibility() && !element.closest(".text, td, th, .post, .cdx-message:not(#errors)")
			&& !(element.matches("a") && (among(element) || element.closest(".subtle, .small, .skip"))))
		.filter((element) => height(element) < LEAST)
		.map((element) => `${element.tagName.toLowerCase()}.${element.className} in ${element.parentElement.className}: `
			+ `${Math.round(height(element))} ${element.textContent.trim().slice(0, 24)}`);
});

async function everyPage(world, check) {
	const { pages } = await (furnished ??= furnish(world));

	for (const nobody of [true, false]) {
		const page = await world.page(nobody ? null : keeper("ru"), PHONE);

		page.on("dialog", (dialog) => dialog.accept());
		for (const entry of pages.filter((each) => Boolean(each.nobody) === nobody)) {
			await visit(page, world, entry);
			check.equal([...new Set(await low(page))], [], `what is pressed on ${entry.name}`);
		}
		await page.context().close();
	}
}

/* Runs in the page: where the signs of the path stand. What stands between is copied into the text, where it can be asked. */
const signs = () => {
	const list = document.querySelector(".crumbs ol"), found = [];

	for (const item of list.children) {
		const sign = getComputedStyle(item, "::after").content;

		if (getComputedStyle(item, "::before").content !== "none")
			found.push(`before ${item.textContent}`);
		if (item === list.lastElementChild || !sign.includes("›"))
			continue;
		const text = item.appendChild(document.createTextNode(JSON.parse(sign))), range = document.createRange();

		range.setStart(text, 1);
		range.setEnd(text, 2);
		const place = range.getBoundingClientRect(), link = [...item.querySelector("a").getClientRects()].at(-1);

		found.push(Math.abs((place.top + place.bottom) - (link.top + link.bottom)) < link.height && place.left >= link.right - 1);
	}
	return found;
};

/* The sign between two steps of a path ends a line, it never begins one. */
async function paths(world, check) {
	const { ids } = await furnished;

	for (const settings of [{}, PHONE]) {
		const page = await world.page("anna", settings);

		for (const width of [390, 360, 320, 280]) {
			await page.setViewportSize({ width, height: 780 });
			await page.goto(`${world.origin}/a/${ids.below}`);
			check.equal(await page.evaluate(signs), [true, true], `a path ${width} px wide`);
		}
		await page.context().close();
	}
}

await run([everyPage, paths], people, starter);
