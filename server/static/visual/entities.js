/*
 * In place of the package "entities", whose table is larger than all else: numbers and the few names
 * that addresses hold. In running text our parser leaves every entity as it was written.
 */
const names = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: "\u00a0" };

export function decodeHTML(text) {
	const found = /^&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));$/i.exec(text);

	if (!found)
		return text;
	if (found[3])
		return names[found[3]] || text;
	const code = found[1] ? parseInt(found[1], 16) : Number(found[2]);
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : text;
}
export const decodeHTMLStrict = decodeHTML;
