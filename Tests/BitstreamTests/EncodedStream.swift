import Foundation
import TestSupport
import Testing

@testable import Bitstream

/// A raw stream from a real encoder, in a folder of its own.
struct EncodedStream {
    let folder: TemporaryDirectory
    let path: String
    let codec: VideoFormat.Codec
    let units: [[UInt8]]

    /// - Parameter options: the encoder's, after `-c:v`; half a second is encoded unless they say more.
    static func make(
        _ codec: VideoFormat.Codec, size: String = "320x240", rate: String = "25", options: [String]
    ) async throws -> EncodedStream {
        let folder = try TemporaryDirectory()
        let path = folder.file(codec == .h264 ? "stream.h264" : "stream.hevc")
        let encoder = codec == .h264 ? ["libx264", "-preset", "ultrafast"] : ["libx265", "-preset", "ultrafast"]
        let command =
            [
                "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
                "testsrc2=size=\(size):rate=\(rate):duration=0.5", "-c:v",
            ]
            + encoder + options + [path]
        let done = try await ChildProcess.run(command)
        guard done.ending.isSuccess else { throw Failed(message: done.errors) }
        let units = AnnexB.units(in: try folder.read(codec == .h264 ? "stream.h264" : "stream.hevc"))
        return EncodedStream(folder: folder, path: path, codec: codec, units: units)
    }

    struct Failed: Error { let message: String }

    func parameterSets(_ kind: NALUnit.ParameterSet) -> [[UInt8]] {
        var sets: [[UInt8]] = []
        for unit in units where NALUnit.role(codec, of: unit) == .parameterSet(kind) && !sets.contains(unit) {
            sets.append(unit)
        }
        return sets
    }

    func format() throws -> VideoFormat {
        try VideoFormat(
            codec: codec, videoParameterSets: parameterSets(.video), sequenceParameterSets: parameterSets(.sequence),
            pictureParameterSets: parameterSets(.picture))
    }
}
