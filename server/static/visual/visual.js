/*
 * The visual editor: stands in the place of the textarea, which stays what is sent. Loaded only when
 * somebody asks for it; `tools` are those of the page's script.
 */
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { open } from "./blocks.js";
import { commands, around, selectLink, setLink } from "./commands.js";
import { clean } from "./paste.js";
import { completion, plugins, taskView } from "./plugins.js";
import { schema } from "./schema.js";

/* A text and its blocks without a page around it. */
export { open };

/* A small form below the toolbar: where does the link lead? */
function linkPanel(view, panel) {
	const field = panel.querySelector("input");
	const act = (href) => {
		setLink(href)(view.state, view.dispatch);
		close();
	};
	const close = () => {
		panel.hidden = true;
		view.focus();
	};

	field.onkeydown = (event) => {
		if (event.key === "Enter")
			act(field.value.trim());
		else if (event.key === "Escape")
			close();
		else
			return;
		event.preventDefault();
	};
	panel.querySelector("[data-link=set]").onclick = () => act(field.value.trim());
	panel.querySelector("[data-link=off]").onclick = () => act("");
	return () => {
		panel.hidden = false;
		field.value = selectLink(view.state).href;
		field.focus();
	};
}

export function mount(area, tools) {
	const source = open(area.value);
	const root = area.closest(".editor");
	const tableTools = root.querySelector("[data-tools=table]"), panel = root.querySelector("[data-tools=link]");
	const showTools = (state) => { tableTools.hidden = !around(state, schema.nodes.table); };

	const view = new EditorView((dom) => area.before(dom), {
		state: EditorState.create({ doc: source.doc, plugins: [completion(tools), ...plugins] }),
		attributes: {
			id: "visual", class: "text visual", lang: area.lang, role: "textbox", "aria-multiline": "true",
			"aria-labelledby": area.labels[0].id, "aria-describedby": area.getAttribute("aria-describedby"),
			"data-list": area.dataset.list, "data-found": area.dataset.found,
		},
		nodeViews: { list_item: taskView(root.dataset.done) },
		transformPastedHTML: (html) => clean(html, tools.parse),
		handleDOMEvents: {
			paste: (editor, event) => tools.files(event), drop: (editor, event) => tools.files(event),
		},
		handleKeyDown: (editor, event) => tools.keys(event),
		dispatchTransaction(transaction) {
			view.updateState(view.state.apply(transaction));
			showTools(view.state);
			if (!transaction.docChanged)
				return;
			area.value = source.text(view.state.doc);
			area.dispatchEvent(new Event("input", { bubbles: true }));
		},
	});
	const askLink = linkPanel(view, panel);

	area.hidden = true;
	view.focus();
	return {
		view,
		act(name) {
			if (name === "link")
				return askLink();
			view.focus();
			return commands[name](view.state, view.dispatch, view);
		},
		insert(text) {
			const { doc } = open(text);

			view.dispatch(view.state.tr.replaceSelection(doc.slice(1, doc.content.size - 1)));
		},
		focus: () => view.focus(),
		close() {
			view.destroy();
			tableTools.hidden = panel.hidden = true;
			area.hidden = false;
			area.focus();
		},
	};
}
