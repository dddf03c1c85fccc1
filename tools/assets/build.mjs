/*
 * Static files: style sheets and script bundled, minified, named after their content, compressed.
 *   node build.mjs FOLDER_WITH_NODE_MODULES server OUT
 * OUT/list then names the files as HASH/NAME, one a line. From Codex only those rules are kept
 * whose classes stand in a view, in a script or in markup.c, and only the tokens they use.
 * visual.js is the editor that a page loads when somebody asks for it.
 */
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [modules, server, out] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(modules, "package.json"));
const { transform } = require("lightningcss");
const esbuild = require("esbuild");

const components = ["Button", "TextInput", "SearchInput", "Checkbox", "Radio", "Field", "Label",
	"Message", "Select", "InfoChip"];
const codex = (path) => readFileSync(join(modules, "node_modules/@wikimedia", path), "utf8");
const own = (name) => readFileSync(join(server, "static", name), "utf8");

/* Every word of the sources that could be a class. */
function wordsInUse() {
	const words = new Set();
	const files = readdirSync(join(server, "views")).filter((name) => name.endsWith(".html"))
		.map((name) => join(server, "views", name));

	const scripts = readdirSync(join(server, "static")).filter((name) => name.endsWith(".js"))
		.map((name) => join(server, "static", name));

	for (const file of [...files, ...scripts, join(server, "markup.c")])
		for (const word of readFileSync(file, "utf8").match(/[\w-]+/g) ?? [])
			words.add(word);
	/* Classes that a view puts together: cdx-message--{{kind}}. */
	for (const kind of ["notice", "warning", "error", "success"])
		words.add(`cdx-message--${kind}`);
	return words;
}

/* The classes that a selector cannot match without; those inside :not() do not count. */
function classesOf(selector) {
	return selector.flatMap((part) => part.type === "class" ? [part.name]
		: part.type === "pseudo-class" && ["is", "where", "has"].includes(part.kind)
			&& part.selectors.length === 1 ? classesOf(part.selectors[0]) : []);
}

/* Browsers without mask-image are older than those we support. */
const isFallback = (rule) => rule.value.condition.type === "not";

function prune(name, css, words) {
	return transform({
		filename: name,
		code: Buffer.from(css),
		visitor: {
			Rule: {
				style(rule) {
					const kept = rule.value.selectors.filter((selector) =>
						classesOf(selector).every((cls) => words.has(cls)));

					if (!kept.length)
						return [];
					rule.value.selectors = kept;
					return rule;
				},
				supports: (rule) => isFallback(rule) ? [] : undefined,
			},
		},
	}).code.toString();
}

const used = (css) => new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));

/* Only the tokens that are used, also by other tokens. */
function pruneTokens(tokens, css) {
	const declarations = [...tokens.matchAll(/^\s*(--[\w-]+):\s*([^;]+);/gm)];
	const wanted = used(css);
	let before;

	do {
		before = wanted.size;
		for (const [, name, value] of declarations)
			if (wanted.has(name))
				used(value).forEach((inner) => wanted.add(inner));
	} while (wanted.size > before);
	return `:root{${declarations.filter(([, name]) => wanted.has(name))
		.map(([, name, value]) => `${name}:${value}`).join(";")}}`;
}

/* One script of many files; the page's own is classic, the visual editor a module that it imports. */
const script = (file, format) => esbuild.buildSync({
	entryPoints: [join(server, "static", file)],
	bundle: true, minify: true, write: false, format, target: "es2020", legalComments: "none",
	nodePaths: [join(modules, "node_modules")],
	alias: {
		entities: join(server, "static/visual/entities.js"),
		"linkify-it": join(server, "static/visual/nothing.js"),
		"punycode.js": join(server, "static/visual/nothing.js"),
		mdurl: join(server, "static/visual/nothing.js"),
		"uc.micro": join(server, "static/visual/categories.js"),
	},
}).outputFiles[0].contents;

const minify = (name, css) =>
	transform({ filename: name, code: Buffer.from(css), minify: true }).code;

function bundle() {
	const words = wordsInUse();
	const style = prune("codex.css", components
		.map((name) => codex(`codex/dist/modules/Cdx${name}.css`)).join("\n"), words);
	const sheet = style + own("app.css");
	const dark = own("dark.css");
	const tokens = (mode) => pruneTokens(
		codex(`codex-design-tokens/dist/theme-wikimedia-ui-${mode}.css`), sheet + dark);
	return {
		"app.css": minify("app.css", tokens("root") + sheet),
		"dark.css": minify("dark.css", tokens("mode-dark") + dark),
		"app.js": script("app.js", "iife"),
		"visual.js": script("visual/visual.js", "esm"),
		"visual.css": minify("visual.css", own("visual/visual.css")),
		"favicon.svg": Buffer.from(own("favicon.svg").trim()),
	};
}

/*
 * What a page may weigh on slow links, in bytes as they travel (gzip); beyond it nothing is built. The
 * first view is page, style sheets and script: 40 KB, of which the page itself takes up to 15.
 */
const BUDGETS = [[["app.js"], 6], [["app.css", "dark.css"], 14], [["visual.js", "visual.css"], 110]];

function weigh(bundled) {
	for (const [names, most] of BUDGETS) {
		const bytes = names.reduce((sum, name) => sum + gzipSync(bundled[name], { level: 9 }).length, 0);

		if (bytes > most * 1000)
			throw new Error(`${names.join(" and ")} together weigh ${bytes} bytes, more than ${most} KB`);
	}
}

rmSync(out, { recursive: true, force: true });
const list = [];
const bundled = bundle();
weigh(bundled);
for (const [name, bytes] of Object.entries(bundled)) {
	const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
	const path = join(out, hash, name);

	mkdirSync(join(out, hash), { recursive: true });
	writeFileSync(path, bytes);
	writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
	writeFileSync(`${path}.br`, brotliCompressSync(bytes,
		{ params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
	list.push(`${hash}/${name}`);
}
writeFileSync(join(out, "list"), `${list.join("\n")}\n`);
