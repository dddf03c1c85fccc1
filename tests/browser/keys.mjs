/* A page that is used with the keyboard alone. */

export const active = (page, what = "id") => page.evaluate((name) => {
	const element = document.activeElement;

	return name === "text" ? element.textContent.trim() : element.getAttribute(name);
}, what);

/* Tab until the element that fits has the focus; says how many stops it took. */
export async function tabTo(page, selector, most = 80) {
	for (let i = 1; i <= most; i++) {
		await page.keyboard.press("Tab");
		if (await page.evaluate((fits) => document.activeElement.matches(fits), selector))
			return i;
	}
	throw new Error(`${selector} was not reached with the Tab key on ${page.url()}`);
}

export const enter = (page) => Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);

/* What has the focus is marked by an outline of 3 pixels, lies on the screen and under nothing else. */
export const unseen = (page) => page.evaluate(() => {
	const element = document.activeElement, frame = element.getBoundingClientRect();
	const drawn = (at) => {
		const style = getComputedStyle(at);

		return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
	};
	const marked = drawn(element) || [...element.parentElement.children].some(drawn);
	const x = frame.left + Math.min(frame.width / 2, 20), y = frame.top + Math.min(frame.height / 2, 12);
	const top = document.elementFromPoint(x, y);
	const seen = top && (top === element || element.contains(top) || top.contains(element)
		|| element.parentElement.contains(top));

	return marked && seen ? null : `${element.outerHTML.slice(0, 120)}: ${marked ? "hidden" : "not marked"}`;
});
