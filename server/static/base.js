/* What the parts of the page's script share. */

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const say = (words) => { const live = one("#live"); if (live) live.textContent = words; };
export const isSlow = () => {
	const link = navigator.connection;
	return document.body.dataset.save ||
		(link && (link.saveData || /2g/.test(link.effectiveType || "")));
};
export const later = (act, pause) => {
	let timer;
	return () => { clearTimeout(timer); timer = setTimeout(act, pause); };
};

/* What a form sends, in the way it says: in parts, what is written grows no longer on its way. */
export const sent = (form, button) => {
	const fields = new FormData(form, button);

	return form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
};

/* The policy of our pages asks for a name for whoever makes HTML from text: our own answers do. */
const policy = window.trustedTypes &&
	trustedTypes.createPolicy("devon-answer", { createHTML: (text) => text });
export const parse = (text) =>
	new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
