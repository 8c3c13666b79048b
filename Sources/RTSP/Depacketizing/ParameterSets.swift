import Bitstream

/// The parameter sets that are in force, from the session description and from the stream; later ones replace those of
/// the same number.
struct ParameterSets {
    private struct Entry {
        let id: Int
        let bytes: [UInt8]
    }

    /// The standards allow 256 picture parameter sets of any length; no camera needs more than a few.
    private static let maximumCount = 32
    private static let maximumLength = 4096

    let codec: VideoFormat.Codec
    private var video: [Entry] = []
    private var sequence: [Entry] = []
    private var picture: [Entry] = []
    /// Something has come that ``format()`` was not yet made from.
    private var hasChanged = false

    init(codec: VideoFormat.Codec, initial: [[UInt8]] = []) {
        self.codec = codec
        for unit in initial {
            let span = unit.span
            guard unit.count > NALUnit.headerLength(codec),
                case .parameterSet(let kind) = NALUnit.role(codec, first: span[0], second: span[1])
            else { continue }
            insert(span, kind)
        }
    }

    mutating func insert(_ unit: Span<UInt8>, _ kind: NALUnit.ParameterSet) {
        guard unit.count <= Self.maximumLength, let id = ParameterSetID.read(unit, kind, codec) else { return }
        let isNew =
            switch kind {
            case .video: Self.insert(unit, id, into: &video)
            case .sequence: Self.insert(unit, id, into: &sequence)
            case .picture: Self.insert(unit, id, into: &picture)
            }
        if isNew { hasChanged = true }
    }

    /// A new format when the sets changed since the last call and are complete; nil else, also when they can't be read.
    mutating func changedFormat() -> VideoFormat? {
        guard hasChanged, !sequence.isEmpty, !picture.isEmpty, codec == .h264 || !video.isEmpty else { return nil }
        hasChanged = false
        return try? VideoFormat(
            codec: codec, videoParameterSets: video.map(\.bytes), sequenceParameterSets: sequence.map(\.bytes),
            pictureParameterSets: picture.map(\.bytes))
    }

    private static func insert(_ unit: Span<UInt8>, _ id: Int, into entries: inout [Entry]) -> Bool {
        if let index = entries.firstIndex(where: { $0.id == id }) {
            guard !isEqual(entries[index].bytes, unit) else { return false }
            entries[index] = Entry(id: id, bytes: unit.withUnsafeBufferPointer { Array($0) })
            return true
        }
        guard entries.count < maximumCount else { return false }
        let index = entries.firstIndex { $0.id > id } ?? entries.count
        entries.insert(Entry(id: id, bytes: unit.withUnsafeBufferPointer { Array($0) }), at: index)
        return true
    }

    private static func isEqual(_ bytes: [UInt8], _ unit: Span<UInt8>) -> Bool {
        bytes.count == unit.count && unit.withUnsafeBufferPointer { bytes.elementsEqual($0) }
    }
}
