/*
 * What Word, Outlook, Excel and web pages put on the clipboard, down to what a text may hold.
 * Styles are read where they mean something (faked lists, bold) and then dropped.
 */

/* No style may reach the browser, not even in a document that is never shown. */
const withoutStyles = (html) => html
	.replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
	.replace(/<[a-z][^<>]*>/gi, (tag) => tag
		.replace(/(\s)style(\s*=)/gi, "$1data-style$2")
		.replace(/(\s)on\w+(\s*=)/gi, "$1data-off$2"));

const styleOf = (element) => (element.dataset && element.dataset.style || "").toLowerCase();
const all = (root, selector) => [...root.querySelectorAll(selector)];

function rename(element, name) {
	const fresh = element.ownerDocument.createElement(name);

	fresh.append(...element.childNodes);
	element.replaceWith(fresh);
	return fresh;
}

const unwrap = (element) => element.replaceWith(...element.childNodes);

/* ---- lists that Word writes as paragraphs with a sign in front ---- */

function signOf(paragraph) {
	const sign = all(paragraph, "[data-style]").find((one) => /mso-list:\s*ignore/.test(styleOf(one)));
	const words = sign ? sign.textContent.replace(/[\s\u00a0]+/g, "") : "";

	if (sign)
		sign.remove();
	return words;
}

const isListParagraph = (element) => element && /mso-list:\s*\S+\s+level\d/.test(styleOf(element));

/* An item at this level, in the open lists: [{ level, list }], the deepest last. */
function placeItem(lists, { level, name, start }, anchor) {
	while (lists.length && (lists[lists.length - 1].level > level ||
		(lists[lists.length - 1].level === level && lists[lists.length - 1].list.localName !== name)))
		lists.pop();
	if (!lists.length || lists[lists.length - 1].level < level) {
		const list = anchor.ownerDocument.createElement(name);
		const above = lists[lists.length - 1];

		if (above)
			above.list.lastElementChild.append(list);
		else
			anchor.before(list);
		if (start > 1)
			list.setAttribute("start", start);
		lists.push({ level, list });
	}
	const item = anchor.ownerDocument.createElement("li");

	lists[lists.length - 1].list.append(item);
	return item;
}

function placeParagraph(lists, paragraph, anchor) {
	const level = Number(/level(\d+)/.exec(styleOf(paragraph))[1]);
	const number = /^\(?(\d+|[a-zа-я]{1,4})[.)]/i.exec(signOf(paragraph));

	placeItem(lists, { level, name: number ? "ol" : "ul", start: number && Number(number[1]) }, anchor).append(paragraph);
}

/* The next element, unless words stand between. */
const nextOf = (element) => {
	const next = element.nextElementSibling;

	for (let node = element.nextSibling; node && node !== next; node = node.nextSibling)
		if (node.nodeType === 3 && node.data.trim())
			return null;
	return next;
};

/* A numbered heading is a heading: its number is words of it. */
function keepNumbers(body) {
	for (const heading of all(body, "h1, h2, h3, h4, h5, h6").filter(isListParagraph)) {
		const sign = signOf(heading);

		if (/\d/.test(sign))
			heading.prepend(`${sign} `);
		delete heading.dataset.style;
	}
}

function makeLists(body) {
	for (const first of all(body, "p, div").filter(isListParagraph)) {
		if (first.closest("li"))
			continue;
		const anchor = body.ownerDocument.createElement("i"), lists = [];

		first.before(anchor);
		for (let one = first, next; isListParagraph(one); one = next) {
			next = nextOf(one);
			placeParagraph(lists, one, anchor);
		}
		anchor.remove();
	}
}

/* ---- lists of Word Online: one flat list for every item or run of items, which says its level ---- */

const levelOf = (item) => Number(item.dataset.ariaLevel || item.getAttribute("aria-level"));

const isLevelled = (list) => list && /^[ou]l$/.test(list.localName) && !list.querySelector("ul, ol")
	&& [...list.children].every((item) => item.localName === "li" && levelOf(item));

function nestLists(body) {
	all(body, "div.ListContainerWrapper").forEach(unwrap);
	for (const first of all(body, "ul, ol").filter(isLevelled)) {
		if (!first.parentNode)
			continue;
		const anchor = body.ownerDocument.createElement("i"), lists = [];

		first.before(anchor);
		for (let list = first, next; isLevelled(list); list = next) {
			next = nextOf(list);
			[...list.children].forEach((item, i) => placeItem(lists,
				{ level: levelOf(item), name: list.localName, start: (list.start || 1) + i }, anchor).append(...item.childNodes));
			list.remove();
		}
		anchor.remove();
	}
}

/* Its headings are paragraphs that say so. */
function readHeadings(body) {
	for (const heading of all(body, "p[role=heading][aria-level]"))
		rename(heading, `h${Math.min(Math.max(Number(heading.getAttribute("aria-level")) || 1, 1), 6)}`);
}

/* ---- bold and italic that stand in styles ---- */

function wrapInside(element, name) {
	const inner = element.ownerDocument.createElement(name);

	inner.append(...element.childNodes);
	element.append(inner);
}

function readStyles(body) {
	for (const element of all(body, "span, b, strong, i, em, font, td, th")) {
		const style = styleOf(element);

		if (/^(b|strong)$/.test(element.localName) && /(^|[;\s])font-weight:\s*(normal|400)/.test(style))
			rename(element, "span");
		else if (/^(i|em)$/.test(element.localName) && /(^|[;\s])font-style:\s*normal/.test(style))
			rename(element, "span");
		else if (element.localName === "span") {
			if (/(^|[;\s])font-weight:\s*(bold|[6-9]00)/.test(style))
				wrapInside(element, "strong");
			if (/(^|[;\s])font-style:\s*italic/.test(style))
				wrapInside(element, "em");
			if (/line-through/.test(style))
				wrapInside(element, "s");
			if (/mso-spacerun/.test(style))
				element.textContent = " ";
		}
	}
}

/* ---- headings, tables, what is empty ---- */

/* The title of an article is its only heading of the first level. */
function lowerHeadings(body) {
	all(body, "p.MsoTitle").forEach((title) => rename(title, "h1"));
	if (body.querySelector("h1"))
		for (const level of [5, 4, 3, 2, 1])
			all(body, `h${level}`).forEach((heading) => rename(heading, `h${level + 1}`));
}

function tidyTable(table) {
	const cells = all(table, "td, th");

	/* One cell is no table: Excel's single cell, the frame of a letter. */
	if (cells.length === 1) {
		const frame = rename(cells[0], "div");

		table.replaceWith(frame);
		return;
	}
	all(table, "colgroup, col, caption").forEach((one) => one.remove());
	for (const cell of cells) {
		for (const block of all(cell, "p, div, li, ul, ol, h1, h2, h3, h4, br, table, tbody, thead, tr, td, th")) {
			block.after(" ");
			unwrap(block);
		}
		if (!cell.textContent.replace(/[\s\u00a0]/g, ""))
			cell.textContent = "";
	}
	const rows = all(table, "tr");

	rows.filter((row) => !row.textContent.trim()).forEach((row) => row.remove());
	if (!table.querySelector("th") && rows[0])
		all(rows[0], "td").forEach((cell) => {
			const head = rename(cell, "th");

			if (cell.colSpan > 1)
				head.colSpan = cell.colSpan;
		});
}

function dropEmpty(body) {
	const walker = body.ownerDocument.createTreeWalker(body, 128); /* comments */
	const comments = [];

	while (walker.nextNode())
		comments.push(walker.currentNode);
	comments.forEach((comment) => comment.remove());
	for (const block of all(body, "p, h1, h2, h3, h4, h5, h6, div, li"))
		if (!block.textContent.replace(/[\s\u00a0]/g, "") && !block.querySelector("img, table"))
			block.remove();
}

const kept = { a: ["href"], img: ["src", "alt"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"],
	ol: ["start"] };

function dropAttributes(body) {
	for (const element of all(body, "*"))
		for (const { name } of [...element.attributes])
			if (!(kept[element.localName] || []).includes(name))
				element.removeAttribute(name);
	all(body, "ul, ol").forEach((list) => list.setAttribute("data-tight", "true"));
}

/* `parse` makes a document of HTML. What we copied ourselves comes back as it is. */
export function clean(html, parse) {
	const safe = withoutStyles(html);

	if (/\sdata-pm-slice=/.test(safe))
		return safe;
	const { body } = parse(safe);

	all(body, "meta, link, iframe, object, embed, svg, form, input, button, select, textarea, video, audio,"
		+ " .msocomanchor, .MsoCommentText")
		.forEach((one) => one.remove());
	all(body, "*").filter((one) => one.localName.includes(":")).forEach(unwrap);
	keepNumbers(body);
	makeLists(body);
	nestLists(body);
	readHeadings(body);
	readStyles(body);
	lowerHeadings(body);
	all(body, "table").reverse().forEach(tidyTable);
	dropEmpty(body);
	dropAttributes(body);
	return body.innerHTML;
}
