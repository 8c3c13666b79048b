import Bitstream

/// The NAL units of one coded picture, sorted: what goes into an access unit, and parameter sets.
struct NALContents {
    /// As ``AccessUnit/data`` wants it.
    var data: [UInt8] = []
    var isKey = false
    /// Whether there is a coded slice at all.
    var hasPicture = false
    var videoParameterSets: [[UInt8]] = []
    var sequenceParameterSets: [[UInt8]] = []
    var pictureParameterSets: [[UInt8]] = []

    private let codec: VideoFormat.Codec

    /// From a byte stream (ITU-T H.264 Annex B, H.265 Annex B).
    init(annexB bytes: UnsafeBufferPointer<UInt8>, codec: VideoFormat.Codec) {
        self.codec = codec
        data.reserveCapacity(bytes.count + 8)
        AnnexB.forEachUnit(in: bytes) { add($0) }
    }

    /// From units that each follow their length (ISO/IEC 14496-15 §5.3.3). What is cut off at the end is left out.
    init(lengthPrefixed bytes: UnsafeBufferPointer<UInt8>, lengthSize: Int, codec: VideoFormat.Codec) {
        self.codec = codec
        data.reserveCapacity(bytes.count + 8)
        var position = 0
        while position + lengthSize <= bytes.count {
            var length = 0
            for index in 0..<lengthSize { length = length << 8 | Int(bytes[position + index]) }
            position += lengthSize
            let end = min(position + length, bytes.count)
            if end > position { add(UnsafeBufferPointer(rebasing: bytes[position..<end])) }
            position = end
        }
    }

    private mutating func add(_ unit: UnsafeBufferPointer<UInt8>) {
        switch codec {
        case .h264: addH264(unit, type: unit[0] & 0x1F)
        case .h265: addH265(unit, type: unit[0] >> 1 & 0x3F)
        }
    }

    /// ITU-T H.264 table 7-1.
    private mutating func addH264(_ unit: UnsafeBufferPointer<UInt8>, type: UInt8) {
        switch type {
        case 7: sequenceParameterSets.append(Array(unit))
        case 8: pictureParameterSets.append(Array(unit))
        case 9, 12: break  // Access unit delimiter, filler.
        default:
            if (1...5).contains(type) { hasPicture = true }
            if type == 5 { isKey = true }
            append(unit)
        }
    }

    /// ITU-T H.265 table 7-1.
    private mutating func addH265(_ unit: UnsafeBufferPointer<UInt8>, type: UInt8) {
        switch type {
        case 32: videoParameterSets.append(Array(unit))
        case 33: sequenceParameterSets.append(Array(unit))
        case 34: pictureParameterSets.append(Array(unit))
        case 35, 38: break  // Access unit delimiter, filler.
        default:
            if type < 32 { hasPicture = true }
            if (16...23).contains(type) { isKey = true }
            append(unit)
        }
    }

    private mutating func append(_ unit: UnsafeBufferPointer<UInt8>) {
        let length = UInt32(unit.count)
        data.append(UInt8(truncatingIfNeeded: length >> 24))
        data.append(UInt8(truncatingIfNeeded: length >> 16))
        data.append(UInt8(truncatingIfNeeded: length >> 8))
        data.append(UInt8(truncatingIfNeeded: length))
        data.append(contentsOf: unit)
    }
}

extension NALContents {
    var hasParameterSets: Bool {
        !(videoParameterSets.isEmpty && sequenceParameterSets.isEmpty && pictureParameterSets.isEmpty)
    }

    /// The format that holds from this picture on: the sets found here, and those of `old` for kinds that are not repeated here.
    /// `old` itself when nothing changed; nil when sets are still missing.
    func format(after old: VideoFormat?) throws(BitstreamError) -> VideoFormat? {
        guard hasParameterSets else { return old }
        func newest(_ found: [[UInt8]], _ known: [[UInt8]]?) -> [[UInt8]] { found.isEmpty ? known ?? [] : found }
        let video = newest(videoParameterSets, old?.videoParameterSets)
        let sequence = newest(sequenceParameterSets, old?.sequenceParameterSets)
        let picture = newest(pictureParameterSets, old?.pictureParameterSets)
        guard !sequence.isEmpty, !picture.isEmpty, codec == .h264 || !video.isEmpty else { return old }
        if let old, old.videoParameterSets == video, old.sequenceParameterSets == sequence,
            old.pictureParameterSets == picture
        {
            return old
        }
        return try VideoFormat(
            codec: codec, videoParameterSets: video, sequenceParameterSets: sequence, pictureParameterSets: picture)
    }
}
