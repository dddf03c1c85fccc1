/*
 * The text while it is written: kept on the server every few seconds, never in the browser, whose
 * computer others use too. What is not saved is not left without a warning.
 */
import { isSlow, one, sent } from "./base.js";

const EVERY = 15000, EVERY_SLOW = 60000;

/* A proxy before a server that is away answers, too, and so does one that is too busy. */
const isThere = (reply) => reply.status < 502;

export function keeper(form) {
	const state = one("#draft-state"), address = form.dataset.draft;
	let timer, dirty = form.dataset.unsaved !== undefined, changed = dirty, sure = false;
	let pending; /* what is on its way to be kept */

	const wait = () => {
		if (address && timer === undefined)
			timer = setTimeout(keep, isSlow() ? EVERY_SLOW : EVERY);
	};
	const say = (words) => { state.textContent = words; };

	/* Is the server there? It is also where it refuses the text. */
	async function send() {
		let isUp = false;

		timer = undefined;
		changed = false;
		try {
			const reply = await fetch(address, { method: "POST", body: sent(form) });

			isUp = isThere(reply);
			if (!reply.ok || reply.redirected)
				throw new Error(reply.status);
			say((await reply.json()).said);
		} catch (fault) {
			changed = true;
			say(state.dataset.failed);
			wait();
		}
		return isUp;
	}
	/* One after the other, so that an older text never comes behind a newer one. */
	function keep() {
		clearTimeout(timer);
		const mine = (pending || Promise.resolve()).then(send).finally(() => {
			if (pending === mine)
				pending = undefined;
		});
		pending = mine;
		return mine;
	}
	/* Is there somebody to send it to? A changed message is asked for only: it is not kept while one writes. */
	const reaches = () => {
		if (address)
			return changed ? keep() : pending;
		return fetch("/health", { method: "HEAD", cache: "no-store" }).then(isThere, () => false);
	};

	if (changed)
		wait();
	/* Fields that stand beside the form belong to it as well. */
	document.addEventListener("input", ({ target }) => {
		if (target.form !== form && !form.contains(target))
			return;
		dirty = changed = true;
		wait();
	});
	/*
	 * A browser that cannot send throws the page away. So the text is kept first; without a connection
	 * one stays here, with everything. What is kept already goes at once.
	 */
	form.addEventListener("submit", async (event) => {
		if (sure || (address && !changed && !pending)) {
			dirty = changed = sure = false;
			clearTimeout(timer);
			timer = undefined;
			return;
		}
		event.preventDefault();
		if (form.getAttribute("aria-busy"))
			return;
		form.setAttribute("aria-busy", "true");
		sure = await reaches();
		form.removeAttribute("aria-busy");
		if (!sure) {
			say(state.dataset.failed);
			return;
		}
		form.requestSubmit(event.submitter);
		sure = false; /* also where a field was emptied meanwhile, and nothing was sent */
	});
	addEventListener("visibilitychange", () => {
		if (document.visibilityState !== "hidden" || !changed || !address)
			return;
		/* A long text is more than a browser sends behind a page that is gone. */
		if (!navigator.sendBeacon(address, sent(form)))
			keep();
	});
	addEventListener("beforeunload", (event) => {
		if (dirty)
			event.preventDefault();
	});
}
