/* What a text is made of in the visual editor; whatever else Markdown knows stays source. */
import { Schema } from "prosemirror-model";
import { schema as plain } from "prosemirror-markdown";
import { tableNodes } from "prosemirror-tables";

const align = {
	default: null,
	getFromDOM: (cell) => cell.dataset.align || null,
	setDOMAttr: (value, attrs) => {
		if (value)
			attrs.class = { center: "is-centre", right: "is-right", left: "is-left" }[value];
	},
};

/* Only pictures of our own are shown: a text must not make the browser ask elsewhere. */
const isOwnFile = (address) => /^\/f\/[\w-]+\//.test(address);

const own = {
	source: {
		group: "block", content: "text*", marks: "", code: true, defining: true, isolating: true,
		toDOM: () => ["pre", { class: "source" }, ["code", 0]],
		parseDOM: [{ tag: "pre.source", preserveWhitespace: "full" }],
	},
	source_inline: {
		group: "inline", inline: true, atom: true, attrs: { text: {} },
		leafText: (node) => node.attrs.text,
		toDOM: (node) => ["code", { class: "source" }, node.attrs.text],
		parseDOM: [{ tag: "code.source", getAttrs: (dom) => ({ text: dom.textContent }) }],
	},
	soft_break: {
		group: "inline", inline: true, selectable: false, leafText: () => " ",
		toDOM: () => ["span", { class: "soft" }, " "],
		parseDOM: [{ tag: "span.soft" }],
	},
	wiki: {
		group: "inline", inline: true, atom: true, attrs: { target: {}, words: { default: "" } },
		leafText: (node) => node.attrs.words || node.attrs.target,
		toDOM: (node) => ["span", {
			class: "wiki", "data-target": node.attrs.target, "data-words": node.attrs.words,
			title: node.attrs.target,
		}, node.attrs.words || node.attrs.target],
		parseDOM: [{
			tag: "span.wiki",
			getAttrs: (dom) => ({ target: dom.dataset.target, words: dom.dataset.words || "" }),
		}],
	},
	image: {
		group: "inline", inline: true, draggable: true,
		attrs: { src: {}, alt: { default: "" }, title: { default: null } },
		toDOM: ({ attrs }) => isOwnFile(attrs.src)
			? ["img", { src: attrs.src, alt: attrs.alt, title: attrs.title || attrs.alt }]
			: ["span", { class: "picture", title: attrs.src }, attrs.alt || attrs.src],
		parseDOM: [{
			tag: "img[src]",
			getAttrs: (dom) => isOwnFile(dom.getAttribute("src")) &&
				{ src: dom.getAttribute("src"), alt: dom.alt, title: null },
		}],
	},
};

const listItem = {
	...plain.spec.nodes.get("list_item"),
	attrs: { checked: { default: null } },
	parseDOM: [{
		tag: "li",
		getAttrs: (dom) => ({ checked: dom.dataset.checked ? dom.dataset.checked === "true" : null }),
	}],
	toDOM: (node) => node.attrs.checked === null ? ["li", 0]
		: ["li", { class: "task", "data-checked": String(node.attrs.checked) }, 0],
};

/* A list keeps the sign that its items were written with. */
function withSign(name, sign) {
	const spec = plain.spec.nodes.get(name);

	return { ...spec, attrs: { ...spec.attrs, sign: { default: sign } } };
}

const table = tableNodes({
	tableGroup: "block", cellContent: "inline*", cellAttributes: { align },
});

const nodes = plain.spec.nodes.remove("image").append(table).append(own)
	.update("heading", { ...plain.spec.nodes.get("heading"), content: "inline*" })
	.update("list_item", listItem)
	.update("bullet_list", withSign("bullet_list", "-"))
	.update("ordered_list", withSign("ordered_list", "."));

const marks = plain.spec.marks.remove("code").append({
	strike: { toDOM: () => ["s", 0], parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }] },
	/* An address in the running text, which becomes a link without any sign. */
	address: {
		inclusive: false, parseDOM: [{ tag: "span.address" }],
		toDOM: () => ["span", { class: "address" }, 0],
	},
	code: plain.spec.marks.get("code"),
}).update("link", {
	attrs: { href: {}, title: { default: null } },
	inclusive: false,
	parseDOM: [{
		tag: "a[href]",
		getAttrs: (dom) => /^(https?:|mailto:|tel:|\/)/.test(dom.getAttribute("href")) &&
			{ href: dom.getAttribute("href"), title: dom.getAttribute("title") },
	}, {
		tag: "span.link",
		getAttrs: (dom) => ({ href: dom.dataset.href, title: dom.dataset.title || null }),
	}],
	/* No way out of the editor by a click. */
	toDOM: ({ attrs }) => ["span", {
		class: "link", title: attrs.href, "data-href": attrs.href, "data-title": attrs.title || "",
	}, 0],
});

export const schema = new Schema({ nodes, marks });
