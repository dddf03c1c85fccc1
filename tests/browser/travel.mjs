/* What travels while a page is shown: requests and bytes with their headers, as the browser counts them. */

/* Listens to this page. travelled() is what came since it was last called: [{ url, bytes }]. */
export async function traveller(page) {
	const link = await page.context().newCDPSession(page);
	let found = new Map();

	await link.send("Network.enable");
	link.on("Network.responseReceived", ({ requestId, response }) => {
		if (!response.url.startsWith("data:") && !response.fromDiskCache && !response.fromPrefetchCache)
			found.set(requestId, { url: new URL(response.url).pathname, status: response.status, bytes: 0 });
	});
	link.on("Network.requestServedFromCache", ({ requestId }) => found.delete(requestId));
	link.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
		if (found.has(requestId))
			found.get(requestId).bytes = encodedDataLength;
	});
	return {
		forget: () => link.send("Network.clearBrowserCache"),
		slow: (bits, delay) => link.send("Network.emulateNetworkConditions",
			{ offline: false, latency: delay, downloadThroughput: bits / 8, uploadThroughput: bits / 8 }),
		travelled() {
			const list = [...found.values()];

			found = new Map();
			return list;
		},
	};
}

export const bytesOf = (list) => list.reduce((sum, reply) => sum + reply.bytes, 0);

/* The page itself and what it cannot be painted without. */
export const beforeContent = (page) => page.evaluate(() => 1 + performance.getEntriesByType("resource")
	.filter((entry) => entry.renderBlockingStatus === "blocking").length);

/* Milliseconds from the click until text, and the largest piece of it, was painted. */
export const painted = (page) => page.evaluate(() => new Promise((done) => {
	const first = () => performance.getEntriesByName("first-contentful-paint")[0];
	const look = new PerformanceObserver((list) => {
		const last = list.getEntries().at(-1);

		if (first())
			done({ first: Math.round(first().startTime), largest: Math.round(last.startTime) });
	});

	look.observe({ type: "largest-contentful-paint", buffered: true });
}));
