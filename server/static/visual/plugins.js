/* Keys, rules while typing, completion and tasks of the visual editor. */
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { Plugin } from "prosemirror-state";
import { canJoin } from "prosemirror-transform";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { commands, tick } from "./commands.js";
import { schema } from "./schema.js";

const { nodes } = schema;

function hardBreak(state, dispatch) {
	if (dispatch)
		dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
	return true;
}

/* A new item of a list of tasks is a task too. */
function splitItem(state, dispatch, view) {
	const item = state.selection.$from.node(-1);
	const checked = item && item.type === nodes.list_item && item.attrs.checked !== null ? false : null;

	return splitListItem(nodes.list_item, { checked })(state, dispatch, view);
}

const keys = {
	"Mod-z": undo,
	"Mod-y": redo,
	"Shift-Mod-z": redo,
	"Mod-b": commands.bold,
	"Mod-i": commands.italic,
	"Mod-k": commands.wiki,
	"Mod-Shift-Enter": tick,
	"Shift-Enter": chainCommands(exitCode, hardBreak),
	Enter: splitItem,
	Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
	"Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
};

const rules = inputRules({
	rules: [
		textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (found) => ({ level: found[1].length })),
		textblockTypeInputRule(/^```$/, nodes.code_block),
		wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list, () => ({ tight: true })),
		wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list,
			(found) => ({ order: Number(found[1]), tight: true })),
		wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
		new InputRule(/\[\[([^[\]|\n]+)(?:\|([^[\]\n]*))?\]\]$/, (state, found, from, to) =>
			state.tr.replaceWith(from, to,
				nodes.wiki.create({ target: found[1].trim(), words: found[2] || "" }))),
	],
});

/* Lists of one kind that become neighbours are one at once: Markdown cannot tell them apart. */
const joinLists = new Plugin({
	appendTransaction(transactions, before, { doc, tr }) {
		if (!transactions.some((one) => one.docChanged))
			return null;
		const places = [];

		doc.forEach((node, at, i) => {
			const next = i + 1 < doc.childCount ? doc.child(i + 1) : null;

			if (next && next.type === node.type && /_list$/.test(node.type.name) &&
			    next.attrs.sign === node.attrs.sign)
				places.push(at + node.nodeSize);
		});
		for (const at of places.reverse())
			if (canJoin(tr.doc, at))
				tr.join(at);
		return tr.docChanged ? tr : null;
	},
});

/* A task shows its box; a click on it is a change of the text. */
export function taskView(words) {
	return (node, view, getPos) => {
		const dom = document.createElement("li");
		const box = document.createElement("input"), inner = document.createElement("div");

		if (node.attrs.checked === null)
			return { dom, contentDOM: dom, update: (next) => next.type === node.type && next.attrs.checked === null };
		dom.className = "task";
		box.type = "checkbox";
		box.contentEditable = "false";
		box.checked = node.attrs.checked;
		box.setAttribute("aria-label", words);
		box.addEventListener("change", () =>
			view.dispatch(view.state.tr.setNodeMarkup(getPos(), null, { checked: box.checked })));
		dom.append(box, inner);
		return {
			dom,
			contentDOM: inner,
			update(next) {
				box.checked = next.attrs.checked;
				return next.type === node.type && next.attrs.checked !== null;
			},
			stopEvent: (event) => event.target === box,
			ignoreMutation: (change) => !inner.contains(change.target),
		};
	};
}

/* Titles to complete what stands behind two brackets. */
export function completion(tools) {
	const opened = /\[\[([^[\]|\n]{2,80})$/;
	const before = ({ selection: { $from, empty } }) => empty && $from.parent.inlineContent &&
		!$from.parent.type.spec.code
		? opened.exec($from.parent.textBetween(0, $from.parentOffset, null, "\ufffc")) : null;
	let list;

	return new Plugin({
		view(view) {
			list = tools.popup(view.dom, (item) => {
				const found = before(view.state), to = view.state.selection.from;

				if (!found)
					return;
				view.dispatch(view.state.tr.replaceWith(to - found[0].length, to,
					nodes.wiki.create({ target: item.title })));
				view.focus();
			}, (element) => {
				const { bottom } = view.coordsAtPos(view.state.selection.from);

				element.style.top = `${bottom - element.offsetParent.getBoundingClientRect().top}px`;
			});
			const read = () => (before(view.state) || ["", ""])[1];
			const ask = tools.asker("link", read);
			const look = tools.later(() => {
				if (read())
					ask((items) => list.show(items, 0));
				else
					list.close();
			}, 200);

			return {
				update: (now, last) => {
					if (now.state.doc !== last.doc || !now.state.selection.eq(last.selection))
						look();
				},
				destroy: () => list.list.remove(),
			};
		},
	});
}

export const plugins = [
	rules, keymap(keys), keymap(baseKeymap), history(), dropCursor({ class: "drop" }), gapCursor(),
	tableEditing(), joinLists,
];
