/*
 * A real server over a folder of its own, and people with a real browser.
 *
 *	const world = await start();
 *	const anna = await world.page("anna");      // a page of somebody who is signed in
 *	await anna.goto(world.origin + "/new");
 *	check(anna.faults.length === 0, "nothing was refused by the policy");
 *	await world.end(check);
 *
 * The programs are those of $DEVON_BUILD (default: build); playwright-core lies beside them, in
 * browser/node_modules (the Makefile puts it there). Nothing here waits for a time to pass.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const build = resolve(root, process.env.DEVON_BUILD || "build");
export const data = resolve(root, process.env.DEVON_TEST_DATA || "../shared/data");
export const password = "correct horse battery staple";
const { chromium } = createRequire(join(build, "browser/package.json"))("playwright-core");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const RATES = ["search", "suggest", "save", "upload", "upload_day", "export", "read", "token", "sign_in"];

/* Counts what holds, prints what does not; end() is the exit code. */
export class Checks {
	good = 0;
	bad = 0;
	skipped = 0;
	that(holds, what) {
		if (holds)
			this.good++;
		else {
			this.bad++;
			console.log("FAILED:", what);
		}
		return holds;
	}
	equal(is, should, what) {
		const [a, b] = [JSON.stringify(is), JSON.stringify(should)];

		return this.that(a === b, a === b ? what : `${what}: ${a} instead of ${b}`);
	}
	skip(what) {
		this.skipped++;
		console.log("skipped:", what);
	}
	end() {
		console.log(`${this.good} passed, ${this.bad} failed, ${this.skipped} skipped`);
		return this.bad ? 1 : 0;
	}
}

/* Click what leads on, and wait for the page that follows: a click alone does not wait for all of it. */
export const follow = (page, selector) => Promise.all([page.waitForEvent("load"), page.locator(selector).first().click()]);

class World {
	constructor(folder) {
		this.folder = folder;
		this.config = join(folder, "devon.conf");
		this.data = join(folder, "data");
		this.contexts = new Map();
	}
	/* A command of the command line; what it prints. */
	cli(args, input) {
		return execFileSync(join(build, "devon"), ["--config", this.config, "--data", this.data, ...args],
			{ input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
	}
	async serve() {
		this.process = spawn(join(build, "devon"),
			["--config", this.config, "--data", this.data, "serve", "--listen", "127.0.0.1:0"],
			{ stdio: ["ignore", "pipe", openSync(join(this.folder, "log"), "a")] });
		this.origin = await new Promise((done, fail) => {
			this.process.stdout.once("data", (line) => {
				const found = /listening on (http:\S+)/.exec(line);

				return found ? done(found[1]) : fail(new Error(String(line)));
			});
			this.process.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
		});
		this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
	}
	/* The API, as this person: { status, json }. */
	async api(login, method, path, body) {
		this.tokens ??= {};
		this.tokens[login] ??= this.cli(["token", "create", login, "--scope", "write"]).trim();
		const reply = await fetch(`${this.origin}/api/v1/${path}`, {
			method,
			headers: { Authorization: `Bearer ${this.tokens[login]}`, "Content-Type": "application/json" },
			body: body && JSON.stringify(body),
		});

		return { status: reply.status, json: await reply.json().catch(() => null) };
	}
	/*
	 * A page of this person, signed in (null: of nobody). page.faults collects what the policy of the
	 * page refused and what its scripts threw. `options` are those of a browser context.
	 */
	async page(login, options = {}) {
		const context = await this.browser.newContext({ locale: "en-GB", ...options });
		const page = await context.newPage();

		page.setDefaultTimeout(60000); /* what a machine with much else to do needs */
		page.faults = [];
		page.on("pageerror", (fault) => page.faults.push(String(fault)));
		page.on("console", (line) => {
			if (line.type() === "error" && /Content Security Policy|Trusted/i.test(line.text()))
				page.faults.push(line.text());
		});
		if (login)
			await this.signIn(page, login);
		return page;
	}
	async signIn(page, login, opens = true) {
		if (opens)
			await page.goto(`${this.origin}/login`);
		await page.fill("[name=login]", login);
		await page.fill("[name=password]", password);
		await page.click("main form button.cdx-button--weight-primary, main form [type=submit], main form button");
		await page.waitForURL((url) => !url.pathname.startsWith("/login"));
	}
	async end() {
		await this.browser?.close();
		if (this.process?.exitCode === null) {
			const gone = new Promise((done) => { this.process.once("exit", done); });

			this.process.kill("SIGTERM");
			await gone;
		}
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/*
 * A world with these people, all of them writers of the space "desk"; the first administrator is
 * "root.admin". `more` are further words for `devon init`.
 */
export async function start(people = ["anna", "bek"], more = []) {
	const world = new World(mkdtempSync(join(tmpdir(), "devon-browser-")));

	writeFileSync(world.config, RATES.map((name) => `rate_${name} = 1000000\n`).join(""));
	world.cli(["init", "--admin", "root.admin", "--password-stdin", ...more], `${password}\n`);
	world.cli(["space", "add", "desk", "--name", "Desk"]);
	world.cli(["grant", "desk", "staff", "write"]);
	for (const login of people)
		world.cli(["person", "add", login, "--name", login, "--password-stdin"], `${password}\n`);
	await world.serve();
	return world;
}

/* Run the tests of a file, whatever happens end the server, and exit with what was counted. */
export async function run(tests, people, more) {
	const check = new Checks();
	let world;

	try {
		world = await start(people, more);
		for (const test of tests) {
			try {
				await test(world, check);
			} catch (fault) {
				check.that(false, `${test.name}: ${fault.stack}`);
			}
		}
	} catch (fault) {
		check.that(false, fault.stack);
	} finally {
		await world?.end();
	}
	process.exit(check.end());
}
