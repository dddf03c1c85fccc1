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

function style(address) {
	const link = document.createElement("link");

	link.rel = "stylesheet";
	link.href = address;
	document.head.append(link);
	return new Promise((done) => { link.onload = link.onerror = done; });
}

/* The button that puts the visual editor in the textarea's place: `at.visual` is there while it is. */
function swapper(at, area, root, button, tools) {
	const choice = area.form.elements.editor;

	async function open() {
		button.setAttribute("aria-busy", "true");
		try {
			const [module] = await Promise.all([import(button.dataset.visual), style(button.dataset.style)]);

			at.visual = module.mount(area, tools);
		} catch (fault) {
			say(button.dataset.failed);
		}
		button.removeAttribute("aria-busy");
	}
	function close() {
		at.visual.close();
		at.visual = undefined;
	}
	return async () => {
		if (button.getAttribute("aria-busy")) /* pressed again while it comes */
			return;
		await (at.visual ? close() : open());
		button.setAttribute("aria-pressed", String(Boolean(at.visual)));
		root.classList.toggle("is-visual", Boolean(at.visual));
		choice.value = at.visual ? "visual" : "source";
	};
}

/* A button that opens the system's list of files. */
function fileButton(root, files) {
	const chooser = one("input[type=file]", root);

	if (!chooser)
		return;
	one("[data-file]", root).addEventListener("click", () => chooser.click());
	chooser.addEventListener("change", () => {
		files.addAll([...chooser.files]);
		chooser.value = "";
	});
}

/* A file that misses the text would open in the page's place: it is taken wherever it falls. */
function takeDrops(files) {
	document.addEventListener("dragover", (event) => {
		if (event.dataTransfer.types.includes("Files"))
			event.preventDefault();
	});
	document.addEventListener("drop", (event) => event.defaultPrevented || files.take(event));
}

export function editor(area) {
	const form = area.form, root = area.closest(".editor"), tools = one(".tools", root), at = {};
	const source = sourceActs(area), complete = sourceCompletion(area, source.put);
	const files = uploader(form, root, (text) => (at.visual || { insert: source.put }).insert(text));
	/* Ctrl+Enter saves, in both. */
	const save = (event) => {
		const isSave = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === "Enter";

		if (isSave) {
			event.preventDefault();
			form.requestSubmit(one("[value=save]", form) || undefined);
		}
		return isSave;
	};

	all("[role=toolbar]", root).forEach(roving);
	if (tools)
		tools.hidden = false;
	all("[data-cmd]", root).forEach((button) => button.addEventListener("click", () => {
		const name = button.dataset.cmd;

		return at.visual ? at.visual.act(name) : source[name]();
	}));
	area.addEventListener("keydown", (event) => {
		const name = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.code];

		if (save(event) || !name)
			return;
		event.preventDefault();
		source[name]();
	});
	area.addEventListener("input", () => at.visual || complete());
	/* Messages have no buttons and no files. */
	if (tools) {
		area.addEventListener("paste", files.take);
		takeDrops(files);
		fileButton(root, files);
	}
	keeper(form);
	const button = one("[data-visual]", root);
	if (!button)
		return;
	const swap = swapper(at, area, root, button,
		{ asker, popup, later, parse, keys: save, files: (event) => files.take(event) });
	button.addEventListener("click", swap);
	/* Links to the text of a refused form find it, wherever it is written. */
	all("a[href='#body']").forEach((link) =>
		link.addEventListener("click", () => at.visual && at.visual.focus()));
	if (form.elements.editor.value === "visual" && !isSlow())
		swap();
}
