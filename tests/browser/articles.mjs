/* Texts to try the visual editor on: hard cases of our own, and real articles where they are. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { data } from "./browser.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/* Numbers that look random and are the same each time. */
export function dice(seed) {
	return (below) => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return Math.floor(seed / 4294967296 * below);
	};
}

export const ownTexts = () => readdirSync(join(here, "texts")).sort()
	.map((name) => ({ name, text: readFileSync(join(here, "texts", name), "utf8") }));

/* `count` real articles, evenly from all three languages; empty where the test data is absent. */
export function realTexts(count) {
	const archives = ["md-en", "md-ru", "md-uz"].map((name) => join(data, `${name}.tar.zst`));
	const found = [];

	if (!archives.every(existsSync))
		return [];
	for (const [i, archive] of archives.entries()) {
		const folder = mkdtempSync(join(tmpdir(), "devon-texts-"));
		const share = Math.floor(count * (i + 1) / 3) - Math.floor(count * i / 3);

		try {
			execFileSync("tar", ["--zstd", "-xf", archive, "-C", folder]);
			const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".md")).sort();

			for (let k = 0; k < share; k++) {
				const name = names[Math.floor(names.length * k / share)];
				const text = readFileSync(join(folder, name), "utf8").replace(/\r\n?/g, "\n");

				found.push({ name, text });
			}
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	return found;
}
