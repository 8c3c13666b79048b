import Foundation

/// What FFmpeg's own tools read in a file: the second opinion on everything that we write.
public enum FFprobe {
    public struct Stream: Decodable, Hashable, Sendable {
        /// FFmpeg's name: `h264`, `hevc`, `mpeg4`…
        public var codec_name: String
        public var codec_type: String
        public var codec_tag_string: String?
        public var profile: String?
        public var width: Int?
        public var height: Int?
        public var time_base: String?
        public var avg_frame_rate: String?
        /// Seconds, as text.
        public var duration: String?
        public var start_time: String?
    }

    public struct Packet: Decodable, Hashable, Sendable {
        /// In units of the stream's time base.
        public var pts: Int64?
        public var dts: Int64?
        public var duration: Int64?
        public var size: String
        public var pos: String?
        /// `K__` for a keyframe.
        public var flags: String

        public var isKey: Bool { flags.hasPrefix("K") }
        public var sizeBytes: Int { Int(size) ?? 0 }
    }

    /// The file couldn't be read.
    public struct Refused: Error, CustomStringConvertible {
        public let path: String
        public let message: String
        public var description: String { "ffprobe \(path): \(message)" }
    }

    public static func streams(_ path: String) async throws -> [Stream] {
        struct Answer: Decodable { var streams: [Stream] }
        return try await ask(["-show_streams"], path, Answer.self).streams
    }

    /// The packets of the first video stream, in file order.
    public static func packets(_ path: String) async throws -> [Packet] {
        struct Answer: Decodable { var packets: [Packet] }
        return try await ask(["-select_streams", "v:0", "-show_packets"], path, Answer.self).packets
    }

    /// Decodes the whole file and counts its pictures.
    public static func countFrames(_ path: String) async throws -> Int {
        struct Answer: Decodable {
            struct Stream: Decodable { var nb_read_frames: String? }
            var streams: [Stream]
        }
        let options = ["-select_streams", "v:0", "-count_frames", "-show_entries", "stream=nb_read_frames"]
        return Int(try await ask(options, path, Answer.self).streams.first?.nb_read_frames ?? "") ?? 0
    }

    /// Everything a decoder complains about when the whole file is played: empty for a sound one.
    public static func decodingErrors(_ path: String) async throws -> String {
        let done = try await ChildProcess.run(
            ["ffmpeg", "-nostdin", "-v", "warning", "-xerror", "-i", path, "-f", "null", "-"])
        return done.ending.isSuccess ? done.errors : "\(done.ending) \(done.errors)"
    }

    /// The time of a packet or stream value in ticks of a time base such as `1/90000`, in seconds.
    public static func seconds(_ ticks: Int64, in timeBase: String) -> Double {
        let parts = timeBase.split(separator: "/").compactMap { Double($0) }
        return parts.count == 2 ? Double(ticks) * parts[0] / parts[1] : .nan
    }

    private static func ask<Answer: Decodable>(
        _ options: [String], _ path: String, _ type: Answer.Type
    ) async throws -> Answer {
        let done = try await ChildProcess.run(["ffprobe", "-v", "error", "-of", "json"] + options + [path])
        guard done.ending.isSuccess else { throw Refused(path: path, message: done.errors) }
        return try JSONDecoder().decode(type, from: Data(done.output))
    }
}
