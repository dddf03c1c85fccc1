/* Files that are pasted, dropped or chosen: added to the article, and named where the caret stands. */
import { one, parse } from "./base.js";

const MOST_PIXELS = 1600;

/* Pictures are made smaller before they travel; what is small already, or no picture, stays as it is. */
async function smaller(file) {
	if (!/^image\/(png|jpeg|webp)$/.test(file.type))
		return file;
	const picture = await createImageBitmap(file);
	const scale = MOST_PIXELS / Math.max(picture.width, picture.height);

	if (scale >= 1)
		return file;
	const canvas = document.createElement("canvas");
	canvas.width = Math.round(picture.width * scale);
	canvas.height = Math.round(picture.height * scale);
	canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
	const blob = await new Promise((done) => { canvas.toBlob(done, file.type, 0.85); });
	return new File([blob], file.name, { type: file.type });
}

/* The name in brackets, the address of the server. */
const reference = (file, added) => `${/^image\//.test(file.type) ? "!" : ""}[${
	added.name.replace(/[\\[\]]/g, "\\$&")}](${added.url.replace(/[()]/g, encodeURIComponent)})`;

export function uploader(form, root, insert) {
	const state = one("#file-state", root), words = root.dataset;
	let refused = []; /* of the files that came together: the next one takes no word of it away */
	const say = (text, name) => { state.textContent = [...refused, text.replace("%s", () => name)].join("\n"); };
	const refuse = (text, name) => {
		say(text, name);
		refused = state.textContent.split("\n");
	};

	async function add(file) {
		const body = new FormData();

		say(words.adding, file.name);
		body.append("csrf", form.elements.csrf.value);
		body.append("file", await smaller(file).catch(() => file));
		const reply = await fetch(words.files,
			{ method: "POST", body, headers: { Accept: "application/json" } });
		if (reply.status === 201) {
			insert(reference(file, await reply.json()));
			say(words.added, file.name);
			return;
		}
		const page = parse(await reply.text());
		const fault = one("#errors li", page) || one("h1", page);
		refuse(`${words.refused} ${reply.status === 413 || !fault ? words.large : fault.textContent}`, file.name);
	}
	async function addAll(files) {
		refused = [];
		if (!words.files)
			say(words.later, "");
		for (const file of words.files ? files : [])
			await add(file).catch(() => refuse(words.refused, file.name));
	}

	/*
	 * Office puts a picture of the words beside them: then the words are meant. A picture of a web page
	 * or of a letter brings HTML that says nothing but where it came from.
	 */
	const hasWords = (data) => data.getData("text/plain").trim() ||
		parse(data.getData("text/html").replace(/<(style|xml)\b[\s\S]*?<\/\1\s*>/gi, "")).body.textContent.trim();
	const take = (event) => {
		const data = event.clipboardData || event.dataTransfer;
		const files = data ? [...data.files] : [];

		if (!files.length || (event.clipboardData && hasWords(data)))
			return false;
		event.preventDefault();
		addAll(files);
		return true;
	};
	return { take, addAll };
}
