/*
 * The text while it is written: kept on the server every few seconds, never in the browser, whose
 * computer others use too. What is not saved is not left without a warning.
 */
import { isSlow, one } from "./base.js";

const EVERY = 15000, EVERY_SLOW = 60000;

export function keeper(form) {
	const state = one("#draft-state");
	const address = form.dataset.draft;
	let timer, pending, dirty = form.dataset.unsaved !== undefined, changed = false;

	const body = () => new URLSearchParams(new FormData(form));
	const remember = (id) => {
		if (!form.elements.draft)
			form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "draft" }));
		form.elements.draft.value = id;
	};
	async function keep() {
		timer = undefined;
		changed = false;
		pending = new AbortController();
		try {
			const reply = await fetch(address, { method: "POST", body: body(), signal: pending.signal });
			if (!reply.ok || reply.redirected)
				throw new Error(reply.status);
			const said = await reply.json();

			remember(said.draft);
			state.textContent = said.said;
		} catch (fault) {
			if (fault.name === "AbortError")
				return;
			state.textContent = state.dataset.failed;
			changed = true;
			wait();
		}
	}
	const wait = () => {
		if (address && timer === undefined)
			timer = setTimeout(keep, isSlow() ? EVERY_SLOW : EVERY);
	};

	form.addEventListener("input", () => {
		dirty = changed = true;
		wait();
	});
	/* What is being sent is not kept once more behind it. */
	form.addEventListener("submit", () => {
		dirty = changed = false;
		clearTimeout(timer);
		timer = undefined;
		if (pending)
			pending.abort();
	});
	addEventListener("visibilitychange", () => {
		if (document.visibilityState === "hidden" && changed && address &&
		    navigator.sendBeacon(address, body()))
			changed = false;
	});
	addEventListener("beforeunload", (event) => {
		if (dirty)
			event.preventDefault();
	});
}
