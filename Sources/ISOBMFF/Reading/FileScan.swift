import Bitstream
import Domain

/// A walk over a file's boxes, which stops at the first that can't be ours or anybody's.
struct FileScan {
    /// Of boxes that are read into memory; ours are a few hundred bytes, the `moof` of 65,000 samples fits.
    private static let largestBox: Int64 = 1 << 20
    /// Boxes of others that are passed over: a file of nothing but tiny boxes must not keep us busy.
    private static let mostForeignBoxes = 1000
    /// Those of others that may end a file.
    private static let harmless: Set<String> = ["free", "skip", "uuid", "udta", "meta", "styp", "sidx", "emsg", "prft"]

    private let size: Int64
    private var offset: Int64 = 0
    private var foreignBoxes = 0
    /// A `moof` whose `mdat` must follow.
    private var pending: (offset: Int64, samples: [FragmentSample])?
    private var file = FragmentedFile(
        formats: [], description: nil, initializationLength: 0, fragments: [], validLength: 0, hasTrailer: false,
        damage: nil)

    init(size: Int64) { self.size = size }

    /// Walks to the end, or to the first damage.
    ///
    /// - Throws: what `read` throws; ``ISOBMFFError`` when there is no usable begin.
    mutating func run(_ read: (Int64, Int) throws -> [UInt8]) throws -> FragmentedFile {
        while offset < size, file.damage == nil {
            let head = try read(offset, Int(min(16, size - offset)))
            switch Result(catching: { () throws(ISOBMFFError) in try BoxHead(head, left: size - offset) }) {
            case .failure(let error): file.damage = error
            case .success(let box):
                let bytes = try Self.isRead(box) ? read(offset, Int(box.length)) : []
                do throws(ISOBMFFError) {
                    try take(box, bytes)
                    offset += box.length
                } catch {
                    file.damage = error
                }
            }
        }
        if pending != nil, file.damage == nil { file.damage = .truncated("mdat") }
        guard !file.formats.isEmpty else { throw file.damage ?? .noVideoTrack }
        return file
    }

    private static func isRead(_ box: BoxHead) -> Bool {
        box.length <= largestBox && ["moov", "moof", "uuid", "mfra"].contains(box.type)
    }

    /// - Parameter bytes: the whole box, for those that are read.
    private mutating func take(_ box: BoxHead, _ bytes: [UInt8]) throws(ISOBMFFError) {
        guard !Self.isRead(box) || bytes.count == Int(box.length) else { throw .truncated(box.type) }
        guard pending == nil || box.type == "mdat" else { throw .invalid("\(box.type) after moof") }
        let end = offset + box.length
        switch box.type {
        case "moof": try beginFragment(bytes)
        case "mdat": try endFragment(at: end)
        case "moov":
            guard file.formats.isEmpty, !bytes.isEmpty else { throw .invalid("moov") }
            file.formats = try SampleDescriptions.formats(inMovie: bytes.dropFirst(8))
        case "mfra": file.hasTrailer = true
        case "uuid":
            let content = bytes.dropFirst(8)
            if content.starts(with: FileDescription.extendedType) {
                file.description = FileDescription(content.dropFirst(FileDescription.extendedType.count))
            }
        case "ftyp": break
        default:
            foreignBoxes += 1
            guard foreignBoxes <= Self.mostForeignBoxes else { throw .invalid("number of boxes") }
            // What nobody knows may also be garbage: it counts only when something of ours follows.
            if !file.fragments.isEmpty, !Self.harmless.contains(box.type) { return }
        }
        guard box.type != "moof" else { return }
        if file.fragments.isEmpty { file.initializationLength = Int(end) }
        file.validLength = end
    }

    private mutating func beginFragment(_ moof: [UInt8]) throws(ISOBMFFError) {
        guard !moof.isEmpty else { throw .invalid("size of moof") }
        guard !file.formats.isEmpty else { throw .noVideoTrack }
        let samples = try FragmentedFile.samples(inMovieFragment: moof[...], available: .max)
        guard (1...file.formats.count).contains(Int(samples[0].sampleEntry)) else { throw .invalid("sample entry") }
        if let last = file.fragments.last, samples[0].decodeTime <= last.decodeTime { throw .invalid("decode time") }
        pending = (offset, samples)
    }

    /// - Parameter end: of `mdat`, which must be that of the samples.
    private mutating func endFragment(at end: Int64) throws(ISOBMFFError) {
        guard let (begin, samples) = pending, let first = samples.first, let last = samples.last,
            begin + Int64(last.range.upperBound) == end
        else { throw .invalid("mdat") }
        pending = nil
        file.fragments.append(
            FragmentedFile.Fragment(
                offset: begin, length: last.range.upperBound, decodeTime: first.decodeTime,
                duration: last.decodeTime + last.duration - first.decodeTime, isIndependent: first.isKey,
                sampleCount: samples.count, sampleEntry: first.sampleEntry))
    }
}
