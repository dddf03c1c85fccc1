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

/*
 * Runs in the page: at which lengths of a step its sign stands on another line than the step's end. What stands
 * between is copied into the text, where its place can be asked for.
 */
const torn = () => {
	const [, step] = document.querySelectorAll(".crumbs li"), link = step.querySelector("a"), found = [];

	for (let length = 1; length < 150; length++) {
		link.textContent = "iii ".repeat(length / 4) + "i".repeat(length % 4 + 1);
		const text = step.appendChild(document.createTextNode(JSON.parse(getComputedStyle(step, "::after").content)));
		const range = document.createRange();

		range.setStart(text, text.data.indexOf("›"));
		range.setEnd(text, text.data.indexOf("›") + 1);
		const sign = range.getBoundingClientRect(), end = [...link.getClientRects()].at(-1);

		if (sign.left < end.right - 1 || Math.abs(sign.top + sign.bottom - end.top - end.bottom) > 10)
			found.push(length);
		text.remove();
	}
	return found;
};

/* The sign between two steps of a path ends a line, it never begins one. */
async function paths(world, check) {
	const { ids } = await furnished;

	for (const settings of [{ viewport: { width: 390, height: 780 } }, PHONE]) {
		const page = await world.page("anna", settings);

		await page.goto(`${world.origin}/a/${ids.below}`);
		check.equal(await page.locator(".crumbs li").count(), 3, "a path of three steps");
		check.equal(await page.evaluate(torn), [], "where a sign begins a line");
		await page.context().close();
	}
}

await run([everyPage, paths], people, starter);
