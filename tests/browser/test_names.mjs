/* Long names of spaces, groups and people at 320 px, in four languages: they wrap, and no page scrolls sideways. */
import { follow, run } from "./browser.mjs";
import { LANGUAGES } from "./pages.mjs";

const NAMES = {
	"uz-Latn": "Favqulodda vaziyatlardagi fuqarolarni repatriatsiya qilishnitashkillashtirishboshqarmasiningxodimlari boʻlimi",
	ru: "Департамент по координации межправительственного взаимодействияимеждународнойправовойпомощигражданам",
	en: "Department for the coordination of intergovernmentalinterdepartmentalandinternationallegalassistance",
};
const LOGIN = "somebody.with-a-very-long-login-name-0123456789-0123456789";

async function furnish(world) {
	world.cli(["space", "add", "long", "--name", NAMES["uz-Latn"], "--lang", "uz-Latn", "--description", "Tavsif ".repeat(20)]);
	for (const lang of ["ru", "en"])
		world.cli(["space", "set", "long", "--name", NAMES[lang], "--lang", lang]);
	world.cli(["group", "add", "heads", "--name", NAMES.ru]);
	world.cli(["group", "set", "heads", "--purpose", NAMES.en]);
	world.cli(["grant", "long", "heads", "manage"]);
	world.cli(["group", "member", "heads", "chief"]);
	world.cli(["person", "add", LOGIN, "--name", NAMES["uz-Latn"]]);
	world.cli(["person", "set", "chief", "--duties", "accounts,audit", "--name", NAMES.ru]);
	const { json } = await world.api("chief", "POST", "articles", { space: "long", title: "Repatriatsiya", body: "matn" });

	world.cli(["index", "--wait"]);
	return ["/", "/s", "/s/long", "/s/long/tree", "/s/long/recent", "/s/long/settings", "/s/long/audiences", "/admin/groups",
		"/admin/groups/heads", "/g/heads", "/admin/spaces", "/admin/spaces/long", "/admin/access", "/people",
		"/admin/access/check?person=chief", "/admin/people", `/admin/people/${LOGIN}`, "/p/chief", "/search?q=repatriatsiya",
		`/a/${json.id}`, `/a/${json.id}/move`, `/a/${json.id}/access`, "/new?space=long", "/changes"];
}

const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

async function longNamesWrap(world, check) {
	const paths = await furnish(world);
	const page = await world.page("chief", { viewport: { width: 320, height: 700 }, javaScriptEnabled: false });

	for (const lang of LANGUAGES) {
		await page.goto(`${world.origin}/`);
		await follow(page, `.langs button[lang=${lang}]:visible`);
		for (const path of paths) {
			await page.goto(world.origin + path);
			check.equal(await overflows(page), false, `${lang} ${path}`);
		}
		await page.goto(`${world.origin}/s/long/settings`);
		await page.fill("#name-uz-Latn", `${NAMES["uz-Latn"]} ${lang}`);
		await follow(page, "form:has(#name-uz-Latn) button");
		check.equal(await overflows(page), false, `${lang}: the page to check`);
		check.equal(await page.locator("ins").count(), 1, "what changes is said");
	}
	await page.close();
}

await run([longNamesWrap], ["chief"]);
