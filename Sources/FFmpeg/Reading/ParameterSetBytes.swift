import Bitstream

extension VideoFormat {
    /// All parameter sets as a byte stream.
    var annexBParameterSets: [UInt8] {
        AnnexB.bytes(of: videoParameterSets + sequenceParameterSets + pictureParameterSets)
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
