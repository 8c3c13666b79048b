/**
 * The page of inspections, with or without a network. VERSION, PAGE and FILES stand before this text.
 *
 * Files have their version in the address and never change; the page is asked for each time, so that its words and its
 * person are right, and is taken from the phone when nobody answers.
 */
const CACHE = `field ${VERSION}`;
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
    event.waitUntil((async () => {
        const cache = await caches.open(CACHE);
        await cache.addAll(FILES);
        const page = await fetch(PAGE, { credentials: "same-origin" });
        // Signed out meanwhile: the next visit keeps the page.
        if (page.ok && !page.redirected) await cache.put(PAGE, page);
        await self.skipWaiting();
    })());
});

self.addEventListener("activate", (event) => {
    event.waitUntil((async () => {
        for (const name of await caches.keys()) {
            if (name.startsWith("field ") && name !== CACHE) await caches.delete(name);
        }
        await self.clients.claim();
    })());
});

self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
    if (event.request.mode === "navigate" && url.pathname === PAGE) {
        event.respondWith(page(event.request));
    } else if (FILES.includes(url.pathname)) {
        event.respondWith(file(event.request, url.pathname));
    }
});

async function page(request) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(PAGE);
    const asked = fetch(request).then(async (response) => {
        if (response.ok && !response.redirected) await cache.put(PAGE, response.clone());
        // A proxy that answers for a server that is down is no answer.
        if (response.status >= 500 && kept) return kept;
        return response;
    });
    if (!kept) return asked;
    const patience = new Promise((resolve) => { setTimeout(() => resolve(kept), PATIENCE); });
    return Promise.race([asked.catch(() => kept), patience]);
}

async function file(request, path) {
    const cache = await caches.open(CACHE);
    return (await cache.match(path)) ?? fetch(request);
}
