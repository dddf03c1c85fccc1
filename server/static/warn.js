/* Forms that are kept nowhere while one types: what was changed in them is not left without a question. */
import { one } from "./base.js";

function isChanged(field) {
	if (!field.matches("input, textarea, select"))
		return false;
	if (field.matches("select"))
		return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
	if (field.matches("[type=checkbox], [type=radio]"))
		return field.checked !== field.defaultChecked;
	return field.value !== field.defaultValue;
}

export function warn(forms) {
	/* What was refused stands in the page as if it had always been there. */
	const refused = one("#errors") && !one("form[data-draft]");
	let sent;

	const holds = (form) => form.dataset.unsaved !== undefined || [...form.elements].some(isChanged);
	const isLost = () => (refused && !forms.includes(sent)) ||
		forms.some((form) => form !== sent && holds(form));

	addEventListener("submit", (event) => { sent = event.defaultPrevented ? undefined : event.target; });
	addEventListener("pageshow", () => { sent = undefined; });
	addEventListener("beforeunload", (event) => {
		if (isLost())
			event.preventDefault();
	});
}
