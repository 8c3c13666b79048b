/**
 * What the phone keeps (IndexedDB): inspections that were taken along, what was filled in, and pictures.
 *
 * Pictures are kept as bytes rather than blobs: some browsers lose a blob's file when the tab goes.
 */
const STORES = ["inspections", "drafts", "pictures"];

let opened;

function open() {
    opened ??= new Promise((resolve, reject) => {
        const request = indexedDB.open("mingchu-field", 1);
        request.onupgradeneeded = () => {
            for (const name of STORES) request.result.createObjectStore(name, { keyPath: "id" });
            request.transaction.objectStore("pictures").createIndex("inspection", "inspection");
        };
        request.onsuccess = () => {
            // A newer version of the page wants to change the stores: it must not wait for this one.
            request.result.onversionchange = () => request.result.close();
            resolve(request.result);
        };
        request.onerror = () => reject(request.error);
    });
    return opened;
}

/** Runs `work` in one transaction; resolves when it is on the disk. */
async function transaction(names, mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
        const transaction = database.transaction(names, mode, { durability: "strict" });
        let result;
        transaction.oncomplete = () => resolve(result);
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
        work(transaction, (request) => { request.onsuccess = () => { result = request.result; }; });
    });
}

export function get(store, id) {
    return transaction([store], "readonly", (work, keep) => keep(work.objectStore(store).get(id)));
}

export function all(store) {
    return transaction([store], "readonly", (work, keep) => keep(work.objectStore(store).getAll()));
}

export function put(store, value) {
    return transaction([store], "readwrite", (work) => { work.objectStore(store).put(value); });
}

export function remove(store, id) {
    return transaction([store], "readwrite", (work) => { work.objectStore(store).delete(id); });
}

export function picturesOf(inspection) {
    return transaction(["pictures"], "readonly", (work, keep) =>
        keep(work.objectStore("pictures").index("inspection").getAll(inspection)));
}

/** A picture and the draft that names it, both or neither. */
export function putPicture(picture, draft) {
    return transaction(["pictures", "drafts"], "readwrite", (work) => {
        work.objectStore("pictures").put(picture);
        work.objectStore("drafts").put(draft);
    });
}

/** Takes a picture away from the draft that named it. */
export function removePicture(id, draft) {
    return transaction(["pictures", "drafts"], "readwrite", (work) => {
        work.objectStore("pictures").delete(id);
        work.objectStore("drafts").put(draft);
    });
}

/** The work is done and on the server: its draft stays as a note, its pictures make room. */
export async function clearPictures(inspection) {
    const pictures = await picturesOf(inspection);
    await transaction(["pictures"], "readwrite", (work) => {
        for (const picture of pictures) work.objectStore("pictures").delete(picture.id);
    });
}

/** Asks the browser not to make room by forgetting all this. */
export function keepForGood() {
    return navigator.storage?.persist?.().catch(() => false);
}
