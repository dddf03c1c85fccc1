/*
 * Common passwords, one a line, sorted by bytes: what zxcvbn found in leaks, and long words.
 *   node passwords.mjs FOLDER_WITH_NODE_MODULES
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const LEAST = 4, LONG = 12;
const lists = createRequire(join(resolve(process.argv[2]), "package.json"))(
	"zxcvbn/lib/frequency_lists.js");
const words = new Set(lists.passwords.filter((word) => word.length >= LEAST));

for (const list of Object.values(lists))
	list.filter((word) => word.length >= LONG).forEach((word) => words.add(word));
const plain = [...words].map((word) => word.toLowerCase())
	.filter((word) => /^[\x21-\x7e]+$/.test(word));
const sorted = [...new Set(plain)].sort((a, b) => (a < b ? -1 : 1));

if (sorted.length < 10000)
	throw new Error(`only ${sorted.length} common passwords`);
process.stdout.write(`${sorted.join("\n")}\n`);
