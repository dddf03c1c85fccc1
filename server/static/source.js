/* What the buttons do in the textarea: signs of Markdown around or before what is chosen. */
import { later } from "./base.js";
import { asker, popup } from "./popup.js";

export function sourceActs(area) {
	const put = (text, from = area.selectionStart, to = area.selectionEnd) => {
		area.focus();
		area.setSelectionRange(from, to);
		/* the old command keeps the undo history */
		if (!document.execCommand("insertText", false, text))
			area.setRangeText(text, from, to, "end");
		area.dispatchEvent(new Event("input", { bubbles: true }));
	};
	const wrap = (left, right = left) => {
		const from = area.selectionStart, chosen = area.value.slice(from, area.selectionEnd);
		put(left + chosen + right);
		area.setSelectionRange(from + left.length, from + left.length + chosen.length);
	};
	const lines = (mark) => {
		const text = area.value;
		const from = text.lastIndexOf("\n", area.selectionStart - 1) + 1;
		const end = text.indexOf("\n", area.selectionEnd);
		const to = end < 0 ? text.length : end;
		put(text.slice(from, to).split("\n").map((line, i) => mark(i) + line).join("\n"), from, to);
	};
	return {
		put,
		bold: () => wrap("**"),
		italic: () => wrap("*"),
		strike: () => wrap("~~"),
		heading: () => lines(() => "## "),
		list: () => lines(() => "- "),
		numbers: () => lines((i) => `${i + 1}. `),
		task: () => lines(() => "- [ ] "),
		quote: () => lines(() => "> "),
		wiki: () => wrap("[[", "]]"),
		link: () => wrap("[", "](https://)"),
		table: () => put("\n| A | B |\n|---|---|\n|   |   |\n"),
	};
}

/* Titles to complete what stands behind two brackets. */
export function sourceCompletion(area, put) {
	const list = popup(area, (item) => {
		const text = area.value, caret = area.selectionStart;
		const from = text.lastIndexOf("[[", caret - 2); /* not those of a link that follows */
		put(`[[${item.title}]]`, from, text.slice(caret, caret + 2) === "]]" ? caret + 2 : caret);
	});
	const read = () => {
		const before = area.value.slice(Math.max(0, area.selectionStart - 90), area.selectionStart);
		const found = /\[\[([^[\]|\n]{2,80})$/.exec(before);

		return found && !area.hidden ? found[1] : "";
	};
	const ask = asker("link", read);

	return later(() => {
		if (read())
			ask((items) => list.show(items, 0));
		else
			list.close();
	}, 200);
}
