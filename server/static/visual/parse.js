/* Markdown to tokens and nodes, as the server's converter (cmark-gfm) understands it. */
import MarkdownIt from "markdown-it";
import reference from "markdown-it/lib/rules_block/reference.mjs";
import { MarkdownParser, defaultMarkdownParser } from "prosemirror-markdown";
import { schema } from "./schema.js";

const md = new MarkdownIt("default", { html: true });

/* Addresses stay as they were written; what may be a link is decided where a page is made. */
md.normalizeLink = md.normalizeLinkText = (address) => address;
md.validateLink = () => true;

/* ---- blocks ---- */

function addSource(state, from, to) {
	const token = state.push("source", "", 0);

	token.map = [from, to];
}

/* Definitions of links leave no token of their own: they become source. */
md.block.ruler.at("reference", (state, from, to, silent) => {
	const found = reference(state, from, to, silent);

	if (found && !silent)
		addSource(state, from, state.line);
	return found;
});

/* Does another block begin at this line, so that a paragraph cannot go on there? */
const endsParagraph = (state, line, to) =>
	md.block.ruler.getRules("paragraph").some((rule) => rule(state, line, to, true));

/* A footnote goes on over indented lines, and over those that only continue its paragraph. */
function footnoteEnd(state, from, to) {
	let end = from + 1;

	for (let line = from + 1; line < to; line++) {
		if (state.isEmpty(line))
			continue;
		const isLazy = line === end && !endsParagraph(state, line, to);

		if (state.sCount[line] - state.blkIndent < 4 && !isLazy)
			break;
		end = line + 1;
	}
	return end;
}

md.block.ruler.before("reference", "footnote", (state, from, to, silent) => {
	const line = state.src.slice(state.bMarks[from] + state.tShift[from], state.eMarks[from]);

	if (state.sCount[from] - state.blkIndent >= 4 || !/^\[\^[^\]\s]+\]:/.test(line))
		return false;
	if (silent)
		return true;
	state.line = footnoteEnd(state, from, to);
	addSource(state, from, state.line);
	return true;
}, { alt: ["paragraph", "reference"] });

/* "[ ] " and "[x] " at the beginning of an item. */
md.core.ruler.before("inline", "tasks", ({ tokens }) => {
	for (let i = 2; i < tokens.length; i++) {
		const found = tokens[i].type === "inline" && tokens[i - 2].type === "list_item_open" &&
			/^\[([ xX])\]\s/.exec(tokens[i].content);

		if (!found)
			continue;
		tokens[i - 2].meta = { checked: found[1] !== " " };
		tokens[i].content = tokens[i].content.slice(4);
	}
});

/* ---- inside of lines ---- */

function addInline(name, before, pattern, fill) {
	md.inline.ruler.before(before, name, (state, silent) => {
		const found = pattern.exec(state.src.slice(state.pos, state.pos + 1700));

		if (!found)
			return false;
		if (!silent)
			fill(state, found);
		state.pos += found[0].length;
		return true;
	});
}

const keepSource = (state, [text]) => { state.push("source_inline", "", 0).content = text; };
/* Signs that would mean something inside of the brackets. */
const isPlainTitle = (text) => !/[\\`*<&~]|(^|[^\p{L}\p{N}])_|_([^\p{L}\p{N}]|$)/u.test(text);

addInline("wiki", "link", /^\[\[([^[\]\n]+)\]\]/, (state, found) => {
	const [target, ...words] = found[1].split("|");

	if (!isPlainTitle(found[1]) || target !== target.trim() || !target)
		return keepSource(state, found);
	state.push("wiki", "", 0).meta = { target, words: words.join("|") };
	return undefined;
});
addInline("note_mark", "link", /^\[\^[^\]\s]+\]/, keepSource);
addInline("entity_source", "entity", /^&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});/i, keepSource);

/* What the server takes for an address without any sign; signs of a sentence's end are not of it. */
const bare = /^(?:https?:\/\/|www\.)[^\s<>[\]`]+/i;

export function addressLength(text) {
	let found = bare.exec(text)?.[0] || "";
	const count = (sign) => found.split(sign).length - 1;

	for (;;) {
		const shorter = count(")") > count("(") ? found.replace(/\)[?!.,:*_~'"]*$/, "")
			: found.replace(/[?!.,:*_~'"]+$/, "");
		if (shorter === found)
			return /^(?:https?:\/\/|www\.)\S/i.test(found) ? found.length : 0;
		found = shorter;
	}
}

/* The text rule passes over letters: an address is looked for at each place where one can begin. */
md.inline.ruler.before("text", "address", (state, silent) => {
	if (state.linkLevel > 0 || !/^(h|w)/i.test(state.src[state.pos]) ||
	    /[\p{L}\p{N}]/u.test(state.src[state.pos - 1] || ""))
		return false;
	const length = addressLength(state.src.slice(state.pos));
	if (!length)
		return false;
	if (!silent) {
		state.push("address_open", "", 1);
		state.push("text", "", 0).content = state.src.slice(state.pos, state.pos + length);
		state.push("address_close", "", -1);
	}
	state.pos += length;
	return true;
});
md.inline.ruler.at("text", (state, silent) => {
	const rest = state.src.slice(state.pos, state.posMax);
	const first = /^[^\n!#$%&*+\-:<=>@[\]^_`{}~\\]/.test(rest);
	const plain = first && /^(?:(?!https?:\/\/|www\.)[^\n!#$%&*+\-:<=>@[\]^_`{}~\\])+/i.exec(rest);
	const text = plain ? plain[0] : first ? rest[0] : "";

	if (!text)
		return false;
	if (!silent)
		state.pending += text;
	state.pos += text.length;
	return true;
});

/* ---- nodes ---- */

function refuse() {
	throw new Error("only source can hold this");
}

const cellAlign = (token) => ({ align: /text-align:(\w+)/.exec(token.attrGet("style"))?.[1] || null });
const isTight = (tokens, i) => {
	while (++i < tokens.length)
		if (tokens[i].type !== "list_item_open")
			return Boolean(tokens[i].hidden);
	return false;
};
const base = defaultMarkdownParser.tokens;
const parser = new MarkdownParser(schema, md, {
	...base,
	bullet_list: {
		block: "bullet_list",
		getAttrs: (token, tokens, i) => ({ tight: isTight(tokens, i), sign: token.markup }),
	},
	ordered_list: {
		block: "ordered_list",
		getAttrs: (token, tokens, i) => ({
			order: Number(token.attrGet("start") ?? 1), tight: isTight(tokens, i), sign: token.markup,
		}),
	},
	list_item: {
		block: "list_item", getAttrs: (token) => ({ checked: token.meta ? token.meta.checked : null }),
	},
	image: {
		node: "image",
		getAttrs: (token) => ({
			src: token.attrGet("src"), alt: token.content, title: token.attrGet("title") || null,
		}),
	},
	softbreak: { node: "soft_break" },
	s: { mark: "strike" },
	address: { mark: "address" },
	table: { block: "table" },
	thead: { ignore: true },
	tbody: { ignore: true },
	tr: { block: "table_row" },
	th: { block: "table_header", getAttrs: cellAlign },
	td: { block: "table_cell", getAttrs: cellAlign },
	wiki: { node: "wiki", getAttrs: (token) => token.meta },
	source_inline: { node: "source_inline", getAttrs: (token) => ({ text: token.content }) },
	html_inline: { node: "source_inline", getAttrs: (token) => ({ text: token.content }) },
});

/* All tokens of a text, with the definitions of links that stand in it. */
export function tokensOf(text, references = {}) {
	const env = { references };

	return { tokens: md.parse(text, env), references: env.references };
}

/* The one node that these tokens are, or null where only source can hold them. */
export function nodeOf(tokens) {
	if (tokens.some((token) => token.type === "source" || token.type === "html_block"))
		return null;
	parser.tokenizer = { parse: () => tokens };
	try {
		const doc = parser.parse("");

		return doc.childCount === 1 ? doc.firstChild : refuse();
	} catch (fault) {
		return null;
	}
}
