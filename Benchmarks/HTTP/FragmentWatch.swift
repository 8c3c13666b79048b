/// Follows an endless fragmented MP4 (ISO/IEC 14496-12) by its boxes: where pictures begin, whether decoding could start
/// there, and whether time jumps.
struct FragmentWatch {
    /// Movie fragments whose header came so far.
    private(set) var fragments = 0
    /// Times at which the stream went on later than where it had been: what a slow reader misses.
    private(set) var skips = 0
    /// Skips (and the beginning) after which the first picture was no keyframe: what must never be.
    private(set) var startsWithoutKeyframe = 0
    /// The first byte of the first picture has come.
    private(set) var hasPicture = false
    private(set) var wrongBoxes = 0

    private var header: [UInt8] = []
    private var kept: [UInt8] = []
    private var left = 0
    private var keeps = false
    private var timescale: Double = 90_000
    private var lastTime: Double?

    /// Parts are at most half a second long.
    private static let longestStep = 1.2

    mutating func read(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty {
            if left > 0 {
                let part = rest.prefix(left)
                if keeps { kept += part } else if isMediaData { hasPicture = true }
                left -= part.count
                rest = rest.dropFirst(part.count)
                if left == 0, keeps { boxEnds() }
                continue
            }
            header.append(rest.removeFirst())
            guard header.count == 8 else { continue }
            let size = header[..<4].reduce(0) { $0 << 8 | Int($1) }
            let type = String(decoding: header[4...], as: UTF8.self)
            isMediaData = type == "mdat"
            keeps = type == "moof" || type == "moov"
            if size < 8 || !type.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { wrongBoxes += 1 }
            left = max(0, size - 8)
            kept.removeAll(keepingCapacity: true)
            currentType = type
            header.removeAll(keepingCapacity: true)
        }
    }

    private var isMediaData = false
    private var currentType = ""

    private mutating func boxEnds() {
        if currentType == "moov" {
            if let header = Box.find(["trak", "mdia", "mdhd"], in: kept[...]), let first = header.first {
                let at = header.startIndex + (first == 1 ? 20 : 12)
                timescale = Double(Box.integer(header, at, 4))
            }
            return
        }
        fragments += 1
        guard let decode = Box.find(["traf", "tfdt"], in: kept[...]), let version = decode.first else { return }
        let ticks = Box.integer(decode, decode.startIndex + 4, version == 1 ? 8 : 4)
        let time = Double(ticks) / timescale
        let isFirst = lastTime == nil
        let hasJumped = lastTime.map { time - $0 > Self.longestStep } ?? false
        if hasJumped { skips += 1 }
        if (isFirst || hasJumped) && !startsOnKeyframe { startsWithoutKeyframe += 1 }
        lastTime = time
    }

    /// `sample_is_non_sync_sample` of the first sample (§8.8.3.1), from `trun`, else from `tfhd`.
    private var startsOnKeyframe: Bool {
        guard let run = Box.find(["traf", "trun"], in: kept[...]) else { return false }
        let flags = Box.integer(run, run.startIndex, 4) & 0xFFFFFF
        var at = run.startIndex + 8
        if flags & 0x1 != 0 { at += 4 }
        if flags & 0x4 != 0 { return Box.integer(run, at, 4) & 0x10000 == 0 }
        if flags & 0x400 != 0 {
            if flags & 0x100 != 0 { at += 4 }
            if flags & 0x200 != 0 { at += 4 }
            return Box.integer(run, at, 4) & 0x10000 == 0
        }
        guard let header = Box.find(["traf", "tfhd"], in: kept[...]) else { return false }
        let present = Box.integer(header, header.startIndex, 4) & 0xFFFFFF
        guard present & 0x20 != 0 else { return true }
        let before = [(0x1, 8), (0x2, 4), (0x8, 4), (0x10, 4)].reduce(8) { $0 + (present & $1.0 != 0 ? $1.1 : 0) }
        return Box.integer(header, header.startIndex + before, 4) & 0x10000 == 0
    }
}

/// Boxes inside boxes.
private enum Box {
    /// The payload of the first box at the end of a path of types.
    static func find(_ path: [String], in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = bytes
        while rest.count >= 8 {
            let size = integer(rest, rest.startIndex, 4)
            guard size >= 8, size <= rest.count else { return nil }
            let type = String(decoding: rest[rest.startIndex + 4..<rest.startIndex + 8], as: UTF8.self)
            let payload = rest[rest.startIndex + 8..<rest.startIndex + size]
            if type == path[0] { return path.count == 1 ? payload : find(Array(path.dropFirst()), in: payload) }
            rest = rest.dropFirst(size)
        }
        return nil
    }

    static func integer(_ bytes: ArraySlice<UInt8>, _ at: Int, _ count: Int) -> Int {
        guard at >= bytes.startIndex, at + count <= bytes.endIndex else { return 0 }
        return bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
