import Bitstream
import Domain
import FFmpeg
import TestSupport
import Testing

@testable import Cameras

@Suite struct StillTests {
    private func units(of clip: Clip) async throws -> [AccessUnit] {
        var demuxer = try Demuxer.open(SourceAddress(scheme: .file, host: "", path: try await clip.path()))
        var units: [AccessUnit] = []
        while let unit = try demuxer.next() { units.append(unit) }
        return units
    }

    @Test(arguments: [Clip.h264, .h265WithBFrames], [nil, 100, 5000])
    func `a keyframe becomes a JPEG no wider than asked for`(clip: Clip, maxWidth: Int?) async throws {
        let key = try await units(of: clip)[0]
        let jpeg = try await Still.jpeg(of: key, maxWidth: maxWidth)
        let directory = try TemporaryDirectory()
        let stream = try #require(try await FFprobe.streams(try directory.write("a.jpg", jpeg)).first)
        #expect(stream.codec_name == "mjpeg")
        #expect(stream.width == min(320, maxWidth ?? 320))
        #expect(stream.height == (maxWidth == 100 ? 75 : 240))
    }

    @Test func `the picture of a moment is the one that was shown then`() async throws {
        let group = Array(try await units(of: .h264WithBFrames).prefix(15))
        let times = group.map(\.presentationTime).sorted()
        var stills: Set<[UInt8]> = []
        for (index, time) in times.enumerated() {
            let exact = try await Still.jpeg(of: group, at: time)
            if index < times.count - 1 {
                let later = Time90k(ticks: times[index + 1].ticks - 1)
                #expect(try await Still.jpeg(of: group, at: later) == exact)
            }
            stills.insert(exact)
        }
        #expect(stills.count == times.count)
        let early = Time90k(ticks: -90_000)
        let first = try await Still.jpeg(of: group, at: times[0])
        #expect(try await Still.jpeg(of: group, at: early) == first)
    }

    @Test func `many at once all come out`() async throws {
        let key = try await units(of: .h264)[0]
        let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<20 { group.addTask { try await Still.jpeg(of: key).count } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(sizes.count == 1)
    }

    @Test func `what can't be decoded is an error`() async throws {
        let key = try await units(of: .h264)[0]
        let broken = AccessUnit(format: key.format, decodeTime: .zero, isKey: true, data: [0, 0, 0, 2, 0x65, 0])
        await #expect(throws: FFmpegError.self) { try await Still.jpeg(of: broken) }
        let notKey = AccessUnit(format: key.format, decodeTime: .zero, isKey: false, data: key.data)
        await #expect(throws: FFmpegError.self) { try await Still.jpeg(of: notKey) }
        await #expect(throws: FFmpegError.self) { try await Still.jpeg(of: [], at: .zero) }
    }
}
