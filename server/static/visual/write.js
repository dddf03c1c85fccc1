/* Nodes to Markdown, of those blocks that were changed. */
import { MarkdownSerializerState, defaultMarkdownSerializer } from "prosemirror-markdown";
import { TableMap } from "prosemirror-tables";
import { addressLength } from "./parse.js";

/* ---- signs that would mean something ---- */

function escapeSigns(text) {
	return text.replace(/[`*\\[\]_~<&]/g, (sign, at) => {
		const before = text[at - 1] || "", after = text[at + 1] || "";

		if (sign === "_" && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after))
			return sign;
		if (sign === "~" && before !== "~" && after !== "~" && before && after)
			return sign;
		if (sign === "&" && !/^&#?\w+;/.test(text.slice(at)))
			return sign;
		if (sign === "<" && !/^<[\w!?/]/.test(text.slice(at)) && after)
			return sign;
		return `\\${sign}`;
	});
}

/* At the beginning of a line much more means something. */
const escapeStart = (text) => text
	.replace(/^[ \t]+/, "")
	.replace(/^(#{1,6})(?=\s|$)/, "\\$1")
	.replace(/^([-+])(?=\s|$)/, "\\$1")
	.replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
	.replace(/^(>|\||:?[-=][-:|= ]*$)/, "\\$1");

/* Addresses are let through: a backslash would become part of them. */
function escapeText(text, isStart) {
	let out = "", rest = text;

	while (rest) {
		const at = rest.search(/(?<![\p{L}\p{N}])(https?:\/\/|www\.)/iu);
		const length = at < 0 ? 0 : addressLength(rest.slice(at));
		const plain = at < 0 ? rest : rest.slice(0, length ? at : at + 4);

		out += escapeSigns(plain) + rest.slice(plain.length, plain.length + length);
		rest = rest.slice(plain.length + length);
	}
	return isStart ? escapeStart(out) : out;
}

class State extends MarkdownSerializerState {
	text(text, escape = true) {
		for (const [i, line] of text.split("\n").entries()) {
			if (i)
				this.out += "\n";
			this.write();
			/* Before a link it would make a picture of it. */
			if (!escape && line.startsWith("["))
				this.out = this.out.replace(/(^|[^\\])!$/, "$1\\!");
			const isStart = !this.inOneLine &&
				(this.atBlockStart || this.out.endsWith(`\n${this.delim}`));

			this.out += escape ? escapeText(line, isStart) : line;
		}
	}
	/* The end of a line within a paragraph; where there is but one line, a space. */
	lineEnd(mark) {
		this.out = this.out.replace(/[ \t]+$/, "");
		this.write(this.inOneLine ? " " : `${mark}\n`);
	}
	oneLine(node) {
		const from = this.out.length;

		this.inOneLine = true;
		this.renderInline(node, false);
		this.inOneLine = false;
		const line = this.out.slice(from).replace(/\n/g, " ");
		this.out = this.out.slice(0, from);
		return line;
	}
}

/* ---- links ---- */

function address(href) {
	const isBalanced = !/[()]/.test(href) || /^[^()]*(\([^()]*\)[^()]*)*$/.test(href);

	if (href && !/[\s<>\\]/.test(href) && isBalanced)
		return href;
	return `<${href.replace(/[<>\\]/g, "\\$&").replace(/\n/g, "%0A")}>`;
}

const titled = (title) => title ? ` "${title.replace(/[\\"]/g, "\\$&").replace(/\n+/g, "\n")}"` : "";
const { nodes, marks } = defaultMarkdownSerializer;

/* ---- tables ---- */

/* A cell over several columns or rows stands in the first; the others are empty. */
function cellsOf(table) {
	const map = TableMap.get(table), seen = new Set(), rows = [];

	for (let row = 0; row < map.height; row++)
		rows.push(map.map.slice(row * map.width, (row + 1) * map.width).map((at) => {
			const cell = seen.has(at) ? null : table.nodeAt(at);

			seen.add(at);
			return cell;
		}));
	return rows;
}

function writeTable(state, table) {
	const rows = cellsOf(table);
	const marksOf = { left: ":--", right: "--:", center: ":-:" };

	rows.forEach((cells, i) => {
		state.write("");
		const words = cells.map((cell) =>
			cell ? state.oneLine(cell).trim().replace(/\|/g, "\\|") : "");

		state.write(`| ${words.join(" | ")} |`);
		state.ensureNewLine();
		if (!i) {
			state.write(`| ${cells.map((cell) => marksOf[cell?.attrs.align] || "---").join(" | ")} |`);
			state.ensureNewLine();
		}
	});
	state.closeBlock(table);
}

/* ---- all ---- */

const all = {
	...nodes,
	text: (state, node) => {
		const isAddress = node.marks.some((mark) => mark.type.name === "address") &&
			addressLength(node.text) === node.text.length;

		state.text(node.text, !state.inAutolink && !isAddress);
	},
	heading: (state, node) => {
		state.write(`${"#".repeat(node.attrs.level)} `);
		state.out += state.oneLine(node).trim().replace(/(^|\s)(#+)$/, "$1\\$2");
		state.closeBlock(node);
	},
	bullet_list: (state, node) => state.renderList(node, "  ", () => `${node.attrs.sign} `),
	ordered_list: (state, node) => {
		const first = node.attrs.order;
		const width = String(first + node.childCount - 1).length + 2;

		state.renderList(node, " ".repeat(width),
			(i) => `${first + i}${node.attrs.sign} `.padEnd(width));
	},
	list_item: (state, node) => {
		if (node.attrs.checked !== null)
			state.write(node.attrs.checked ? "[x] " : "[ ] ");
		state.renderContent(node);
	},
	image: (state, { attrs }) =>
		state.write(`![${attrs.alt}](${address(attrs.src)}${titled(attrs.title)})`),
	horizontal_rule: (state, node) => {
		state.write("---");
		state.closeBlock(node);
	},
	hard_break: (state, node, parent, index) => {
		if (index < parent.childCount - 1)
			state.lineEnd("\\");
	},
	soft_break: (state) => state.lineEnd(""),
	wiki: (state, { attrs }) =>
		state.write(`[[${attrs.target}${attrs.words ? `|${attrs.words}` : ""}]]`),
	source_inline: (state, node) => state.write(node.attrs.text),
	source: (state, node) => {
		state.text(node.textContent, false);
		state.closeBlock(node);
	},
	table: writeTable,
};

const allMarks = {
	...marks,
	link: {
		...marks.link,
		close: (state, mark) => {
			const isPlain = state.inAutolink;

			state.inAutolink = undefined;
			return isPlain ? ">" : `](${address(mark.attrs.href)}${titled(mark.attrs.title)})`;
		},
	},
	strike: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
	address: { open: "", close: "" },
};

/* The Markdown of one block, without a line end behind it. */
export function write(node) {
	const state = new State(all, allMarks, { tightLists: false });

	state.render(node, node, 0);
	return state.out.replace(/[ \t\n]+$/, "");
}
