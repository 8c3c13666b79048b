/// What the header of a NAL unit says (ITU-T H.264 §7.4.1, H.265 §7.4.2).
public enum NALUnit {
    public enum ParameterSet: Hashable, Sendable {
        case video
        case sequence
        case picture
    }

    public enum Role: Hashable, Sendable {
        case slice(isKey: Bool)
        case parameterSet(ParameterSet)
        /// Belongs to the picture. Supplemental enhancement information is kept: signed video (ONVIF Media Signing) stands in it.
        case supplement
        /// Marks where an access unit begins, and says nothing else.
        case delimiter
        /// Filler, ends of sequence, layers that we don't decode, numbers without a meaning.
        case superfluous
    }

    /// Bytes before the unit's payload.
    public static func headerLength(_ codec: VideoFormat.Codec) -> Int { codec == .h264 ? 1 : 2 }

    /// The role of a whole unit; ``Role/superfluous`` for one that ends in its header.
    public static func role(_ codec: VideoFormat.Codec, of unit: some Collection<UInt8>) -> Role {
        var bytes = unit.makeIterator()
        guard let first = bytes.next(), let second = bytes.next(), codec == .h264 || bytes.next() != nil else {
            return .superfluous
        }
        return role(codec, first: first, second: second)
    }

    /// - Parameters:
    ///   - first: the unit's first byte.
    ///   - second: the byte after it, of which only H.265 makes use.
    public static func role(_ codec: VideoFormat.Codec, first: UInt8, second: UInt8) -> Role {
        switch codec {
        case .h264: h264Role(type: first & 0x1F)
        case .h265: h265Role(type: first >> 1 & 0x3F, layer: (first & 1) << 5 | second >> 3)
        }
    }

    /// Whether a slice's header says that it is the first of its picture: `first_mb_in_slice` = 0 (H.264 §7.3.3),
    /// `first_slice_segment_in_pic_flag` (H.265 §7.3.6.1). Either is told by the first bit after the NAL unit's header.
    ///
    /// - Parameter payload: the byte after the header.
    public static func isFirstSlice(_ codec: VideoFormat.Codec, first: UInt8, payload: UInt8) -> Bool {
        // Data partitions B and C begin with something else.
        if codec == .h264, [3, 4].contains(first & 0x1F) { return false }
        return payload & 0x80 != 0
    }

    /// Table 7-1.
    private static func h264Role(type: UInt8) -> Role {
        switch type {
        case 1...4: .slice(isKey: false)
        case 5: .slice(isKey: true)
        case 6: .supplement
        case 7: .parameterSet(.sequence)
        case 8: .parameterSet(.picture)
        case 9: .delimiter
        default: .superfluous
        }
    }

    /// Table 7-1.
    private static func h265Role(type: UInt8, layer: UInt8) -> Role {
        guard layer == 0 else { return .superfluous }
        return switch type {
        case 0...9: .slice(isKey: false)
        case 16...21: .slice(isKey: true)
        case 32: .parameterSet(.video)
        case 33: .parameterSet(.sequence)
        case 34: .parameterSet(.picture)
        case 35: .delimiter
        case 39, 40: .supplement
        default: .superfluous
        }
    }
}
