/* A list of suggestions below a field: for the search, and for [[ in the editor. */
import { say } from "./base.js";

let lists = 0;

function row(item, id) {
	const element = document.createElement("li");

	element.id = id;
	element.setAttribute("role", "option");
	element.setAttribute("aria-selected", "false");
	element.lang = item.lang || "";
	element.append(item.title);
	if (item.note) {
		const note = document.createElement("span");
		note.className = "subtle small";
		note.textContent = ` ${item.note}`;
		element.append(note);
	}
	return element;
}

class Popup {
	constructor(input, pick, place) {
		const list = document.createElement("ul");

		Object.assign(this, { input, list, pick, place, items: [], at: -1 });
		list.id = `list-${++lists}`;
		list.className = "popup";
		list.setAttribute("role", "listbox");
		list.setAttribute("aria-label", input.getAttribute("aria-label") || input.dataset.list || input.labels[0].textContent);
		list.hidden = true;
		input.after(list);
		input.setAttribute("aria-controls", list.id);
		input.setAttribute("aria-autocomplete", "list");
		list.addEventListener("pointerdown", (event) => {
			const index = [...list.children].indexOf(event.target.closest("li"));
			if (index < 0)
				return;
			event.preventDefault();
			this.take(index);
		});
		input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
		/* Before whatever else listens to the keys of the field. */
		input.addEventListener("keydown", (event) => this.key(event), true);
	}
	expand(isOpen) {
		if (this.input.getAttribute("role") === "combobox")
			this.input.setAttribute("aria-expanded", String(isOpen));
	}
	close() {
		this.list.hidden = true;
		this.at = -1;
		this.input.removeAttribute("aria-activedescendant");
		this.expand(false);
	}
	take(index) {
		this.pick(this.items[index]);
		this.close();
	}
	choose(index) {
		this.at = index;
		[...this.list.children].forEach((element, i) => {
			element.setAttribute("aria-selected", String(i === index));
			if (i === index) {
				this.input.setAttribute("aria-activedescendant", element.id);
				element.scrollIntoView({ block: "nearest" });
			}
		});
	}
	show(found, first = -1) {
		const chosen = this.items[this.at];
		const again = chosen ? found.findIndex((item) => item.title === chosen.title && item.url === chosen.url) : -1;

		this.close();
		this.items = found;
		/* Whoever has left the field meanwhile wants no list any more. */
		if (!found.length || this.input !== document.activeElement)
			return;
		this.list.replaceChildren(...found.map((item, i) => row(item, `${this.list.id}-${i}`)));
		this.list.hidden = false;
		if (this.place)
			this.place(this.list);
		this.expand(true);
		say((this.input.dataset.found || "").replace("%d", found.length));
		if (again >= 0 || first >= 0)
			this.choose(again >= 0 ? again : first);
	}
	key(event) {
		const count = this.items.length, { at } = this;

		if (this.list.hidden || event.isComposing)
			return;
		if (event.key === "ArrowDown")
			this.choose((at + 1) % count);
		else if (event.key === "ArrowUp")
			this.choose(at < 0 ? count - 1 : (at + count - 1) % count);
		else if ((event.key === "Enter" || event.key === "Tab") && at >= 0)
			this.take(at);
		else if (event.key === "Escape")
			this.close();
		else
			return;
		event.preventDefault();
	}
}

/* `pick` is told the item that was chosen; `place`, if given, puts the list where it belongs. */
export const popup = (input, pick, place) => new Popup(input, pick, place);

/*
 * Ask while typing for what read() says stands there: the older question is dropped when a newer one is
 * asked, and so is an answer to what stands there no longer.
 */
export function asker(kind, read) {
	let pending;

	return async (answer) => {
		const query = read();

		if (pending)
			pending.abort();
		pending = new AbortController();
		try {
			const reply = await fetch(`/suggest?kind=${kind}&q=${encodeURIComponent(query)}`,
				{ signal: pending.signal, headers: { Accept: "application/json" } });
			const items = reply.ok ? (await reply.json()).items : [];

			if (read() === query)
				answer(items);
		} catch (fault) {
			/* dropped, or no network: the field works without */
		}
	};
}
