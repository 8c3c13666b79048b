import Bitstream

/// Finds the video formats in a `moov`.
enum SampleDescriptions {
    /// - Parameter movie: the content of `moov`.
    static func formats(inMovie movie: ArraySlice<UInt8>) throws(ISOBMFFError) -> [VideoFormat] {
        var table = try ByteReader(movie, box: "moov").box("trak").box("mdia").box("minf").box("stbl").box("stsd")
        _ = try table.fullBoxHeader()
        _ = try table.number(UInt32.self)
        var formats: [VideoFormat] = []
        for entry in try table.boxes() {
            let codec: VideoFormat.Codec
            switch entry.type {
            case "avc1", "avc3": codec = .h264
            case "hvc1", "hev1": codec = .h265
            default: throw .noVideoTrack
            }
            var reader = ByteReader(entry.content, box: entry.type)
            try reader.skip(78)
            let record = try reader.box(codec == .h264 ? "avcC" : "hvcC")
            do throws(BitstreamError) {
                formats.append(try ConfigurationRecord(Array(record.rest), codec: codec).format)
            } catch {
                throw .invalid("\(error)")
            }
        }
        return formats
    }
}
