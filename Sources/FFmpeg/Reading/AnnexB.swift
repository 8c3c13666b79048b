import Bitstream

/// The byte-stream format of ITU-T H.264 and H.265: units between start codes.
enum AnnexB {
    /// Calls `body` with each non-empty unit, without its start code and without zeros that follow it.
    static func forEachUnit(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var start: Int?
        var position = 0
        func emit(until end: Int) {
            guard let start else { return }
            var end = end
            while end > start && bytes[end - 1] == 0 { end -= 1 }
            if end > start { body(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
        }
        while position + 2 < bytes.count {
            if bytes[position + 2] > 1 {
                position += 3  // No start code can hold this byte.
            } else if bytes[position] == 0 && bytes[position + 1] == 0 && bytes[position + 2] == 1 {
                emit(until: position)
                position += 3
                start = position
            } else {
                position += 1
            }
        }
        emit(until: bytes.count)
    }

    /// Turns lengths in four bytes into start codes, in place.
    static func replaceLengths(in bytes: UnsafeMutableBufferPointer<UInt8>) {
        var position = 0
        while position + 4 <= bytes.count {
            var length = 0
            for index in 0..<4 { length = length << 8 | Int(bytes[position + index]) }
            (bytes[position], bytes[position + 1], bytes[position + 2], bytes[position + 3]) = (0, 0, 0, 1)
            position += 4 + length
        }
    }
}

extension VideoFormat {
    /// All parameter sets as a byte stream.
    var annexBParameterSets: [UInt8] {
        (videoParameterSets + sequenceParameterSets + pictureParameterSets).flatMap { [0, 0, 0, 1] + $0 }
    }

    static func fromAnnexB(_ bytes: [UInt8], codec: Codec, while action: String) throws(FFmpegError) -> VideoFormat {
        let contents = bytes.withUnsafeBufferPointer { NALContents(annexB: $0, codec: codec) }
        do {
            if let format = try contents.format(after: nil) { return format }
        } catch {
            throw FFmpegError(.invalidData, while: action, detail: "\(error)")
        }
        throw FFmpegError(.invalidData, while: action, detail: "parameter sets are missing")
    }
}
