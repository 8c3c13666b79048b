import Bitstream
import Domain
import FFmpeg
import Foundation
import TestSupport
import Testing

@Suite struct DemuxerTests {
    @Test(arguments: [Clip.h264, .h265, .h264WithBFrames, .h265WithBFrames, .h264WithSound])
    func `every picture comes out with the times and keyframes that ffprobe sees`(clip: Clip) async throws {
        let path = try await clip.path()
        let units = try units(in: path)
        let packets = try await FFprobe.packets(path)
        let timeBase = try #require(try await FFprobe.streams(path).first { $0.codec_type == "video" }?.time_base)
        #expect(units.count == packets.count)
        for (unit, packet) in zip(units, packets) {
            let decode = FFprobe.seconds(try #require(packet.dts), in: timeBase)
            let presentation = FFprobe.seconds(try #require(packet.pts), in: timeBase)
            #expect(abs(unit.decodeTime.seconds - decode) < 0.0001)
            #expect(abs(unit.presentationTime.seconds - presentation) < 0.0001)
            #expect(unit.isKey == packet.isKey)
        }
        try expectSound(units)
    }

    @Test(arguments: ["mkv", "ts", "avi", "flv", "h264", "m4v"])
    func `all containers yield the same pictures`(ending: String) async throws {
        let clip = try await Clip.h264.path()
        let directory = try TemporaryDirectory()
        let format = ending == "m4v" ? ["-f", "mp4", "-movflags", "frag_keyframe+empty_moov"] : []
        let path = try await make("copy.\(ending)", in: directory, ["-i", clip, "-c", "copy"] + format)
        let original = try units(in: clip)
        let copied = try units(in: path)
        #expect(copied.map { pictureData($0) } == original.map { pictureData($0) })
        #expect(copied.map(\.isKey) == original.map(\.isKey))
        #expect(copied.allSatisfy { $0.format.sequenceParameterSets == original[0].format.sequenceParameterSets })
        try expectSound(copied)
    }

    @Test(arguments: [VideoFormat.Codec.h264, .h265])
    func `parameter sets that change in the stream change the format`(codec: VideoFormat.Codec) async throws {
        let path = try await Clip.changingSize(codec == .h264 ? .h264 : .h265).path()
        let units = try units(in: path)
        try expectSound(units)
        let sizes = units.map { SIMD2($0.format.picture.width, $0.format.picture.height) }
        #expect(Set(sizes) == [[320, 240], [640, 360]])
        #expect(sizes == sizes.sorted { $0.x < $1.x })
        let change = try #require(sizes.firstIndex(of: [640, 360]))
        #expect(units[change].isKey)
        #expect(units[..<change].allSatisfy { $0.format === units[0].format })
    }

    @Test func `sets that stand only among the pictures are found`() async throws {
        let directory = try TemporaryDirectory()
        let path = try await make(
            "hev1.mp4", in: directory,
            ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=5:duration=2", "-c:v", "libx265", "-tag:v", "hev1"]
                + ["-x265-params", "log-level=error:repeat-headers=1"])
        var bytes = try directory.read("hev1.mp4")
        // The number of arrays of parameter sets in the sample description: none.
        let record = try #require(bytes.firstRange(of: Array("hvcC".utf8)))
        bytes[record.upperBound + 22] = 0
        try directory.write("hev1.mp4", bytes)
        let units = try units(in: path)
        #expect(units.count == 10)
        try expectSound(units)
    }

    @Test(arguments: [(Clip.mpeg4, "mpeg4"), (.mjpeg, "mjpeg")])
    func `another codec is refused by its name`(clip: Clip, name: String) async throws {
        let path = try await clip.path()
        let error = #expect(throws: FFmpegError.self) { try units(in: path) }
        #expect(error?.kind == .unsupportedCodec)
        #expect(error?.detail == name)
    }

    @Test func `what holds no video is refused`() async throws {
        let directory = try TemporaryDirectory()
        let text = try directory.write("notes.txt", Array("Dear cook,\nplease wear a hat.\n".utf8))
        let empty = try directory.write("empty.mp4", [])
        let noise = try directory.write("noise.mp4", (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) })
        let playlist = try directory.write(
            "list.m3u8", Array("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nhttp://192.0.2.1/a.ts\n".utf8))
        let cases: [(String, Set<FFmpegError.Kind>)] = [
            (text, [.noVideo, .invalidData]), (empty, [.invalidData, .endOfStream]), (noise, [.invalidData, .noVideo]),
            (try await Clip.soundOnly.path(), [.noVideo]), (directory.file("missing.mp4"), [.notFound]),
            (directory.path, [.other]), (playlist, [.noVideo]),
        ]
        for (path, kinds) in cases {
            let error = #expect(throws: FFmpegError.self, "\(path)") { try units(in: path) }
            if let error { #expect(kinds.contains(error.kind), "\(path): \(error) \(error.kind)") }
        }
    }

    @Test func `a name that looks like a protocol is a file`() async throws {
        let directory = try TemporaryDirectory()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: try await Clip.h264.path()))
        let path = try directory.write("concat:http:x|y?.mp4", Array(bytes))
        #expect(try units(in: path).count == 150)
    }

    @Test func `cut off files yield what is whole`() async throws {
        let directory = try TemporaryDirectory()
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try await Clip.h264.path())))
        for count in stride(from: 1, to: bytes.count, by: max(1, bytes.count / 60)) {
            let path = try directory.write("cut.mp4", Array(bytes.prefix(count)))
            do {
                var demuxer = try Demuxer.open(.file(path))
                while let unit = try demuxer.next() { #expect(!unit.data.isEmpty) }
            } catch {
                #expect(error.kind != .other, "\(count): \(error)")
            }
        }
    }

    @Test(arguments: ["mp4", "ts", "h264"])
    func `broken files neither crash nor hang it`(ending: String) async throws {
        let directory = try TemporaryDirectory()
        let path = try await make(
            "small.\(ending)", in: directory, ["-i", try await Clip.h264.path(), "-t", "0.4", "-c", "copy"])
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        for broken in Mutations(of: bytes, count: 150, seed: 3) {
            let path = try directory.write("broken.\(ending)", broken)
            if let units = try? units(in: path) { expectRising(units) }
        }
    }

    @Test func `errors never show the password`() throws {
        let address = SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: 9, path: "/live")
        let credentials = Credentials(user: "admin", password: Secret("s3cret@:/"))
        let error = #expect(throws: FFmpegError.self) {
            _ = try Demuxer.open(address, options: .init(credentials: credentials))
        }
        #expect(error?.kind == .connectionRefused)
        #expect(!"\(error.debugDescription)".contains("s3cret"))
        #expect(!"\(error.debugDescription)".contains("admin"))
    }

    @Test func `an interruption ends opening at once`() async throws {
        // A listener that never answers.
        let silent = try SilentListener()
        let address = SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: silent.port, path: "/live")
        let task = Task {
            await BlockingThread.run("test") { interruption in
                let error = #expect(throws: FFmpegError.self) {
                    _ = try Demuxer.open(address, options: .init(openTimeout: .seconds(60)), interruption: interruption)
                }
                return (error?.kind, Interruption.now)
            }
        }
        try await eventually("a connection") { silent.hasConnection }
        let cancelled = Interruption.now
        task.cancel()
        let (kind, ended) = await task.value
        #expect(kind == .cancelled)
        #expect(ended - cancelled < .seconds(1))
    }

    @Test func `a camera that doesn't answer is given up`() async throws {
        let silent = try SilentListener()
        let address = SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: silent.port, path: "/live")
        let error = await #expect(throws: FFmpegError.self) {
            try await BlockingThread.run("test") { (interruption) throws(FFmpegError) in
                _ = try Demuxer.open(
                    address, options: .init(openTimeout: .milliseconds(300)), interruption: interruption)
            }
        }
        #expect(error?.kind == .timedOut)
    }

    private func pictureData(_ unit: AccessUnit) -> [ArraySlice<UInt8>] {
        // Muxers may drop or add SEI messages; slices are the picture.
        nalUnits(unit.data).filter { (1...5).contains($0[$0.startIndex] & 0x1F) }
    }

    private func expectRising(_ units: [AccessUnit]) {
        for (a, b) in zip(units, units.dropFirst()) { #expect(a.decodeTime < b.decodeTime) }
        #expect(units.allSatisfy { $0.compositionOffset >= .zero })
    }

    /// What every consumer of access units relies on.
    private func expectSound(_ units: [AccessUnit]) throws {
        #expect(try #require(units.first).isKey)
        expectRising(units)
        for unit in units {
            let nals = nalUnits(unit.data)
            #expect(nals.reduce(0) { $0 + $1.count + 4 } == unit.data.count)
            let types = nals.map {
                unit.format.codec == .h264 ? $0[$0.startIndex] & 0x1F : $0[$0.startIndex] >> 1 & 0x3F
            }
            let unwanted: Set<UInt8> = unit.format.codec == .h264 ? [7, 8, 9, 12] : [32, 33, 34, 35, 38]
            #expect(unwanted.isDisjoint(with: types))
            let keys: Set<UInt8> = unit.format.codec == .h264 ? [5] : Set(16...23)
            #expect(unit.isKey == !keys.isDisjoint(with: types))
        }
    }
}
