/* What the buttons and keys of the visual editor do: each a command of ProseMirror. */
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { liftListItem, wrapInList } from "prosemirror-schema-list";
import {
	addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, selectedRect,
} from "prosemirror-tables";
import { Selection, TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

/* The nearest node around the selection of one of these types: { node, pos } or null. */
export function around(state, ...types) {
	const { $from } = state.selection;

	for (let depth = $from.depth; depth > 0; depth--)
		if (types.includes($from.node(depth).type))
			return { node: $from.node(depth), pos: $from.before(depth) };
	return null;
}

/* Paragraph, then second, third and fourth level, then a paragraph again. */
function heading(state, dispatch) {
	const block = state.selection.$from.parent;
	const level = block.type === nodes.heading ? block.attrs.level + 1 : 2;

	return level > 4 ? setBlockType(nodes.paragraph)(state, dispatch)
		: setBlockType(nodes.heading, { level })(state, dispatch);
}

const list = (type) => (state, dispatch) => {
	const found = around(state, nodes.bullet_list, nodes.ordered_list);

	if (found && found.node.type === type)
		return liftListItem(nodes.list_item)(state, dispatch);
	if (!found)
		return wrapInList(type, { tight: true })(state, dispatch);
	if (dispatch)
		dispatch(state.tr.setNodeMarkup(found.pos, type, { tight: found.node.attrs.tight }));
	return true;
};

/* Set the mark of a task on all items of the selection. */
function checkItems(state, dispatch, next) {
	const { tr } = state;

	state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
		if (node.type === nodes.list_item)
			tr.setNodeMarkup(pos, null, { checked: next(node.attrs.checked) });
	});
	if (dispatch)
		dispatch(tr);
	return true;
}

function task(state, dispatch, view) {
	if (!around(state, nodes.list_item)) {
		if (!list(nodes.bullet_list)(state, dispatch))
			return false;
		state = view ? view.state : state;
	}
	const isTask = around(state, nodes.list_item)?.node.attrs.checked !== null;

	return checkItems(state, dispatch, () => isTask ? null : false);
}

/* Done, or not done any more. */
export function tick(state, dispatch) {
	const item = around(state, nodes.list_item);

	if (!item || item.node.attrs.checked === null)
		return false;
	return checkItems(state, dispatch, (checked) => checked === null ? null : !item.node.attrs.checked);
}

const quote = (state, dispatch) => around(state, nodes.blockquote) ? lift(state, dispatch)
	: wrapIn(nodes.blockquote)(state, dispatch);

function table(state, dispatch) {
	const row = (type) => nodes.table_row.create(null, [type.create(), type.create(), type.create()]);
	const fresh = nodes.table.create(null,
		[row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);

	if (around(state, nodes.table))
		return false;
	if (dispatch) {
		const tr = state.tr.replaceSelectionWith(fresh);
		const at = tr.mapping.map(state.selection.from, -1);

		dispatch(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(at + 1, tr.doc.content.size))))
			.scrollIntoView());
	}
	return true;
}

/* Left, centre, right, and as it comes: of the whole column, as Markdown has it. */
function align(state, dispatch) {
	const order = [null, "left", "center", "right"];
	const { map, left, right, tableStart, table: whole } = selectedRect(state);
	const { tr } = state;
	const first = whole.nodeAt(map.map[left]);
	const next = order[(order.indexOf(first.attrs.align) + 1) % order.length];

	for (let row = 0; row < map.height; row++)
		for (let column = left; column < right; column++) {
			const at = map.map[row * map.width + column];

			tr.setNodeMarkup(tableStart + at, null, { ...whole.nodeAt(at).attrs, align: next });
		}
	if (dispatch)
		dispatch(tr);
	return true;
}

/* The first row is always the head. */
function dropRow(state, dispatch) {
	return selectedRect(state).top > 0 && deleteRow(state, dispatch);
}

const inTable = (command) => (state, dispatch) =>
	Boolean(around(state, nodes.table)) && command(state, dispatch);

/* Two brackets open the list of titles; what was chosen is looked for. */
function wiki(state, dispatch) {
	const { from, to } = state.selection;
	const words = state.doc.textBetween(from, to, " ").replace(/[[\]|\n]/g, " ").slice(0, 80);

	if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code)
		return false;
	if (dispatch)
		dispatch(state.tr.insertText(`[[${words}`, from, to).scrollIntoView());
	return true;
}

/* The link around the caret, whole. */
export function selectLink(state) {
	const { $from, empty } = state.selection;
	const mark = marks.link.isInSet($from.marks());
	let from = $from.pos, to = $from.pos;

	if (!empty || !mark)
		return { from: state.selection.from, to: state.selection.to, href: mark ? mark.attrs.href : "" };
	$from.parent.forEach((node, offset) => {
		const at = $from.start() + offset;

		if (mark.isInSet(node.marks) && at <= $from.pos && at + node.nodeSize >= $from.pos)
			[from, to] = [at, at + node.nodeSize];
	});
	return { from, to, href: mark.attrs.href };
}

export const setLink = (href) => (state, dispatch) => {
	const { from, to } = selectLink(state);
	const { tr } = state;

	if (!href)
		tr.removeMark(from, to, marks.link);
	else if (from === to)
		tr.insert(from, schema.text(href, [marks.link.create({ href })]));
	else
		tr.addMark(from, to, marks.link.create({ href }));
	if (dispatch)
		dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map(to)))));
	return true;
};

export const commands = {
	bold: toggleMark(marks.strong),
	italic: toggleMark(marks.em),
	strike: toggleMark(marks.strike),
	heading,
	list: list(nodes.bullet_list),
	numbers: list(nodes.ordered_list),
	task,
	quote,
	table,
	wiki,
	row: inTable(addRowAfter),
	"row-off": inTable(dropRow),
	column: inTable(addColumnAfter),
	"column-off": inTable(deleteColumn),
	align: inTable(align),
	"table-off": inTable(deleteTable),
};
