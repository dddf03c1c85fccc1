/* The editor: buttons, keys and completion over the textarea, and the visual editor in its place. */
import { all, isSlow, later, one, parse, say } from "./base.js";
import { uploader } from "./files.js";
import { keeper } from "./keep.js";
import { asker, popup } from "./popup.js";
import { sourceActs, sourceCompletion } from "./source.js";

/* One stop for the Tab key; arrows walk over the buttons that are shown. */
function roving(bar) {
	const buttons = () => all("button", bar).filter((button) => button.offsetParent);

	all("button", bar).forEach((button, i) => { button.tabIndex = i ? -1 : 0; });
	bar.addEventListener("keydown", (event) => {
		const list = buttons(), at = list.indexOf(event.target);
		const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[event.key];

		if (at < 0 || next === undefined)
			return;
		event.preventDefault();
		list[at].tabIndex = -1;
		const to = list[(next + list.length) % list.length];
		to.tabIndex = 0;
		to.focus();
	});
}

const keys = { KeyB: "bold", KeyI: "italic", KeyK: "wiki" };

export function editor(area) {
	const form = area.form, root = area.closest(".editor");
	const source = sourceActs(area), complete = sourceCompletion(area, source.put);
	const swap = one("[data-visual]", root), choice = form.elements.editor;
	let visual;

	const files = uploader(form, root, (text) => (visual ? visual.insert(text) : source.put(text)));
	const act = (name) => visual ? visual.act(name) : source[name]();
	/* Ctrl+Enter saves, in both. */
	const save = (event) => {
		const isSave = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === "Enter";

		if (isSave) {
			event.preventDefault();
			form.requestSubmit(one("[value=save]", form) || undefined);
		}
		return isSave;
	};

	function style() {
		const link = document.createElement("link");

		link.rel = "stylesheet";
		link.href = swap.dataset.style;
		document.head.append(link);
		return new Promise((done) => { link.onload = link.onerror = done; });
	}
	async function show() {
		if (visual) {
			visual.close();
			visual = undefined;
		} else {
			swap.setAttribute("aria-busy", "true");
			try {
				const [module] = await Promise.all([import(swap.dataset.visual), style()]);

				visual = module.mount(area, { asker, popup, later, parse, keys: save, files: (event) => files.take(event) });
			} catch (fault) {
				say(swap.dataset.failed);
			}
			swap.removeAttribute("aria-busy");
		}
		swap.setAttribute("aria-pressed", String(Boolean(visual)));
		root.classList.toggle("is-visual", Boolean(visual));
		if (choice)
			choice.value = visual ? "visual" : "source";
	}

	all("[role=toolbar]", root).forEach(roving);
	one(".tools", root).hidden = false;
	all("[data-cmd]", root).forEach((button) =>
		button.addEventListener("click", () => act(button.dataset.cmd)));
	area.addEventListener("keydown", (event) => {
		const name = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.code];

		if (save(event) || !name)
			return;
		event.preventDefault();
		source[name]();
	});
	area.addEventListener("input", () => visual || complete());
	area.addEventListener("paste", files.take);
	area.addEventListener("drop", files.take);
	const chooser = one("input[type=file]", root);
	if (chooser) {
		one("[data-file]", root).addEventListener("click", () => chooser.click());
		chooser.addEventListener("change", () => {
			files.addAll([...chooser.files]);
			chooser.value = "";
		});
	}
	keeper(form, area);
	if (!swap)
		return;
	swap.addEventListener("click", show);
	/* Links to the text of a refused form find it, wherever it is written. */
	all("a[href='#body']").forEach((link) =>
		link.addEventListener("click", () => visual && visual.focus()));
	if (choice && choice.value === "visual" && !isSlow())
		show();
}
