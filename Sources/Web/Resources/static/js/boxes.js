/**
 * Cuts a stream of bytes into the pieces that media source extensions take, and reads from their boxes
 * (ISO/IEC 14496-12) what a player must know.
 */
export class PieceReader {
    #rest = new Uint8Array(0);
    #piece = [];

    /** @yields {{ kind: "init" | "part", bytes: Uint8Array }} each piece that these bytes complete. */
    *push(bytes) {
        this.#rest = this.#rest.length === 0 ? bytes : joined([this.#rest, bytes]);
        for (;;) {
            const size = boxSize(this.#rest);
            if (size === null || this.#rest.length < size) return;
            const box = this.#rest.slice(0, size);
            this.#rest = this.#rest.subarray(size);
            const type = boxType(box);
            if (type === "ftyp") this.#piece = [];
            this.#piece.push(box);
            if (type !== "moov" && type !== "mdat") continue;
            const piece = joined(this.#piece);
            this.#piece = [];
            yield { kind: type === "moov" ? "init" : "part", bytes: piece };
        }
    }
}

function joined(pieces) {
    if (pieces.length === 1) return pieces[0];
    const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let offset = 0;
    for (const piece of pieces) {
        whole.set(piece, offset);
        offset += piece.length;
    }
    return whole;
}

/** The `codecs` of RFC 6381 for all tracks of an initialization segment: `avc1.64001F,mp4a.40.2`. */
export function codecs(init) {
    return tracks(init).map(({ entry }) => codec(entry)).join(",");
}

export function hasSound(init) {
    return tracks(init).some(({ handler }) => handler === "soun");
}

/** Samples of the first track in each movie fragment. */
export function sampleCount(media) {
    let count = 0;
    for (const moof of children(media)) {
        if (moof.type !== "moof") continue;
        const track = find(moof.body, "traf");
        if (!track) continue;
        for (const run of children(track)) if (run.type === "trun") count += word(run.body, 4);
    }
    return count;
}

function tracks(init) {
    const movie = find(init, "moov");
    if (!movie) return [];
    return [...children(movie)].filter(({ type }) => type === "trak").map(({ body }) => {
        const media = find(body, "mdia");
        const table = find(find(find(media, "minf"), "stbl"), "stsd");
        // `hdlr`: version and flags, pre_defined, handler type. `stsd`: version and flags, count, entries.
        return { handler: text(find(media, "hdlr"), 8), entry: [...children(table.subarray(8))][0] };
    });
}

function codec({ type, body }) {
    // VisualSampleEntry is 78 bytes, AudioSampleEntry 28, before their own boxes.
    if (type === "avc1" || type === "avc3") {
        const record = find(body.subarray(78), "avcC");
        return `${type}.${[1, 2, 3].map((at) => hex(record[at])).join("")}`;
    }
    if (type === "hvc1" || type === "hev1") return `${type}.${hevc(find(body.subarray(78), "hvcC"))}`;
    if (type === "mp4a") return `mp4a.40.${audioObjectType(find(body.subarray(28), "esds"))}`;
    return { Opus: "opus", fLaC: "flac" }[type] ?? type;
}

/** ISO/IEC 14496-15 annex E.3. */
function hevc(record) {
    const space = ["", "A", "B", "C"][record[1] >> 6];
    const profile = record[1] & 31;
    let flags = word(record, 2);
    let reversed = 0;
    for (let bit = 0; bit < 32; bit += 1) {
        reversed = ((reversed << 1) | (flags & 1)) >>> 0;
        flags >>>= 1;
    }
    const constraints = [...record.subarray(6, 12)];
    while (constraints.length > 0 && constraints.at(-1) === 0) constraints.pop();
    const tier = record[1] & 32 ? "H" : "L";
    return [
        space + profile, reversed.toString(16), tier + record[12], ...constraints.map((byte) => byte.toString(16)),
    ].join(".");
}

/** The first five bits of the DecoderSpecificInfo (ISO/IEC 14496-1 §7.2.6): 2 = AAC-LC. */
function audioObjectType(esds) {
    let at = 4;
    while (at < esds.length) {
        const tag = esds[at];
        do at += 1; while (esds[at] & 0x80);
        at += 1;
        if (tag === 0x05) return esds[at] >> 3;
        at += { 0x03: 3, 0x04: 13 }[tag] ?? 0;
    }
    return 2;
}

function* children(bytes) {
    let at = 0;
    for (;;) {
        const size = boxSize(bytes.subarray(at));
        if (size === null || at + size > bytes.length) return;
        yield { type: boxType(bytes.subarray(at)), body: bytes.subarray(at + 8, at + size) };
        at += size;
    }
}

function find(bytes, type) {
    if (!bytes) return undefined;
    for (const child of children(bytes)) if (child.type === type) return child.body;
    return undefined;
}

/** Null until the header is complete. */
function boxSize(bytes) {
    if (bytes.length < 8) return null;
    const size = word(bytes, 0);
    if (size === 1) return bytes.length < 16 ? null : word(bytes, 8) * 2 ** 32 + word(bytes, 12);
    if (size < 8) throw new RangeError("not an ISO base media file");
    return size;
}

function boxType(bytes) { return text(bytes, 4); }
function text(bytes, at) { return String.fromCharCode(...bytes.subarray(at, at + 4)); }
function hex(byte) { return byte.toString(16).toUpperCase().padStart(2, "0"); }

function word(bytes, at) {
    return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
