/*
 * A text and its blocks: each remembers the bytes that it came from, so that saving copies
 * whatever was not changed and writes only the rest anew.
 */
import { schema } from "./schema.js";
import { nodeOf, tokensOf } from "./parse.js";
import { write } from "./write.js";

const isBlank = (text) => !text.trim();

/* The lines and tokens of each block at the top: [{ from, to, tokens }]. */
function ranges(tokens, lines) {
	const found = [];
	let depth = 0, first = 0;

	tokens.forEach((token, i) => {
		if (depth === 0)
			first = i;
		depth += token.nesting;
		if (depth !== 0 || !tokens[first].map)
			return;
		let [from, to] = tokens[first].map;
		while (to > from + 1 && isBlank(lines[to - 1]))
			to--;
		found.push({ from, to, tokens: tokens.slice(first, i + 1) });
	});
	return found;
}

/* Definitions that stand line below line are one block of source. */
function joined(blocks) {
	const out = [];

	for (const block of blocks) {
		const last = out[out.length - 1];
		const isSource = (one) => one.tokens[0].type === "source";

		if (last && isSource(last) && isSource(block) && last.to === block.from)
			last.to = block.to;
		else
			out.push(block);
	}
	return out;
}

const sourceNode = (text) => schema.nodes.source.create(null, text ? schema.text(text) : null);

/* The node of a block; one that would not come back the same from what it writes stays source. */
function load(block, text, references) {
	const node = nodeOf(block.tokens);
	const again = node && nodeOf(tokensOf(write(node), { ...references }).tokens);

	return again && again.eq(node) ? node : sourceNode(text);
}

const keyOf = (node) => `${node.type.name} ${node.textContent}`;

/* Read a text: { doc, text(doc) } where text() is the Markdown of a later state of `doc`. */
export function open(text) {
	const lines = text.split("\n");
	const { tokens, references } = tokensOf(text);
	const olds = [], byNode = new Map(), byKey = new Map();
	let past = 0, gap = "";

	const add = (node, words) => {
		const old = { node, text: words, gap, place: olds.length };

		olds.push(old);
		byNode.set(node, old);
		byKey.set(keyOf(node), [...(byKey.get(keyOf(node)) || []), old]);
		gap = "\n";
	};
	const skip = (to) => {
		const between = lines.slice(past, to);

		if (between.length && isBlank(between.join("")))
			gap += between.map((line) => `${line}\n`).join("");
		else if (between.length)
			add(sourceNode(between.join("\n")), between.join("\n"));
		past = to;
	};
	for (const block of joined(ranges(tokens, lines))) {
		if (block.from < past)
			continue;
		skip(block.from);
		const words = lines.slice(block.from, block.to).join("\n");

		add(load(block, words, references), words);
		past = block.to;
	}
	const rest = lines.slice(past);
	const tail = olds.length && rest.length ? `\n${rest.join("\n")}` : rest.join("\n");
	const nodes = olds.length ? olds.map((old) => old.node) : [schema.nodes.paragraph.create()];
	const memory = { olds, byNode, byKey, tail, written: new WeakMap() };

	return {
		doc: schema.nodes.doc.create(null, nodes),
		text: (doc) => save(memory, doc),
	};
}

/* ---- saving ---- */

/* What a node was before: the same object, or (after undo) one that is equal. */
function recall(memory, node, wanted) {
	const old = memory.byNode.get(node);

	if (old)
		return old;
	const equal = (memory.byKey.get(keyOf(node)) || []).filter((one) => one.node.eq(node));
	return equal.find((one) => one.place === wanted) || equal[0];
}

function written(memory, node) {
	let words = memory.written.get(node);

	if (words === undefined)
		memory.written.set(node, words = write(node));
	return words;
}

/* The pieces of the new text: { node, text, place, old }; empty paragraphs leave nothing. */
function piecesOf(memory, doc) {
	const pieces = [];

	doc.forEach((node) => {
		const last = pieces[pieces.length - 1];
		const old = recall(memory, node, last ? last.place + 1 : 0);
		const text = old ? old.text : written(memory, node);

		if (old || text)
			pieces.push({ node, text, old, place: old ? old.place : -1 });
	});
	return pieces;
}

/* A changed block between two old neighbours stands where the one between them stood. */
function guessPlaces(pieces, count) {
	pieces.forEach((piece, i) => {
		const before = i ? pieces[i - 1].place : -1;
		const after = i + 1 < pieces.length ? pieces[i + 1].place : count;

		if (!piece.old && (i === 0 || before >= 0) && after === before + 2)
			piece.place = before + 1;
	});
}

const isList = (piece) => /_list$/.test(piece.node.type.name);

/* Would these two run together, although a blank line is between them? */
function wouldJoin(last, piece) {
	if (!/^[ \t]/.test(piece.text) || piece.node.type.name === "source")
		return false;
	return isList(last) || (last.node.type.name === "source" && /^\[\^/.test(last.text)) ||
		(last.node.type.name === "code_block" && /^( {4}|\t)/.test(last.text));
}

/* What stands between two blocks: as it was, if they are neighbours as before. */
function between(memory, last, piece) {
	const gap = piece.place > 0 && piece.place === last.place + 1 ? memory.olds[piece.place].gap : "";

	if (last.old && piece.old && gap)
		return gap;
	return /\n[ \t]*\n/.test(gap) || (gap && isHeadingAsBefore(memory, last)) ? gap : "\n\n";
}

const isHeadingAsBefore = (memory, piece) => piece.node.type.name === "heading" &&
	memory.olds[piece.place].node.type.name === "heading";

function save(memory, doc) {
	const pieces = piecesOf(memory, doc);
	let out = memory.olds.length ? memory.olds[0].gap : "";

	guessPlaces(pieces, memory.olds.length);
	pieces.forEach((piece, i) => {
		const last = pieces[i - 1];

		if (last) {
			const isAsBefore = last.old && piece.old && piece.place === last.place + 1;

			out += between(memory, last, piece);
			if (!isAsBefore && wouldJoin(last, piece))
				piece.text = written(memory, piece.node);
		}
		out += piece.text;
	});
	if (!pieces.length)
		return memory.olds.length ? "" : memory.tail;
	return memory.olds.length ? out + memory.tail : `${out}\n`;
}
