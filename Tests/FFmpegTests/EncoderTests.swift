import Bitstream
import Domain
import FFmpeg
import Foundation
import TestSupport
import Testing

@Suite struct EncoderTests {
    private func encode(
        _ settings: Encoder.Settings, count: Int, keys: Set<Int> = [], isNoisy: Bool = false
    ) throws -> [AccessUnit] {
        var encoder = try Encoder.open(settings)
        var units: [AccessUnit] = []
        for index in 0..<count {
            let time = Time90k(ticks: Int64(Double(index) * 90_000 / settings.framesPerSecond))
            let picture =
                try isNoisy
                ? noise(index, width: settings.width, height: settings.height)
                : drawn(index, width: settings.width, height: settings.height)
            units += try encoder.encode(picture, at: time, isKey: keys.contains(index))
        }
        return units + (try encoder.finish())
    }

    @Test func `other tools read what it writes`() async throws {
        let settings = Encoder.Settings(width: 320, height: 180, framesPerSecond: 12, keyframeInterval: 24)
        let units = try encode(settings, count: 60, keys: [30])
        #expect(units.count == 60)
        #expect(units.indices.filter { units[$0].isKey } == [0, 24, 30, 54])
        #expect(units.map(\.decodeTime.ticks) == (0..<60).map { Int64($0) * 7_500 })
        #expect(units[0].format.picture.width == 320 && units[0].format.picture.height == 180)

        let directory = try TemporaryDirectory()
        let path = try directory.write("ours.h264", byteStream(units))
        let stream = try #require(try await FFprobe.streams(path).first)
        #expect(stream.codec_name == "h264" && stream.width == 320 && stream.height == 180)
        #expect(try await FFprobe.countFrames(path) == 60)
        #expect(try await FFprobe.decodingErrors(path) == "")
    }

    @Test func `with zero latency each picture comes out at once`() throws {
        var encoder = try Encoder.open(.init(width: 160, height: 96, framesPerSecond: 10, keyframeInterval: 10))
        for index in 0..<25 {
            let picture = try drawn(index, width: 160, height: 96)
            #expect(try encoder.encode(picture, at: Time90k(ticks: Int64(index) * 9_000)).count == 1)
        }
    }

    @Test func `reordered pictures have offsets that give their order back`() throws {
        let settings = Encoder.Settings(
            width: 160, height: 96, framesPerSecond: 10, keyframeInterval: 20, preset: .fast, hasZeroLatency: false)
        let units = try encode(settings, count: 40)
        #expect(units.count == 40)
        #expect(units.contains { $0.compositionOffset > .zero })
        for (a, b) in zip(units, units.dropFirst()) { #expect(a.decodeTime < b.decodeTime) }
        #expect(units.map(\.presentationTime.ticks).sorted() == (0..<40).map { Int64($0) * 9_000 })
    }

    @Test(arguments: [100_000, 400_000])
    func `the bit rate is kept`(bits: Int) throws {
        let settings = Encoder.Settings(
            width: 320, height: 180, framesPerSecond: 10, keyframeInterval: 20, rate: .bitRate(bits))
        let bytes = try encode(settings, count: 100, isNoisy: true).reduce(0) { $0 + $1.data.count }
        #expect((0.6...1.4).contains(Double(bytes) * 8 / 10 / Double(bits)))
    }

    @Test func `what it can't encode is an error`() {
        #expect(throws: FFmpegError.self) {
            _ = try Encoder.open(.init(width: 321, height: 181, framesPerSecond: 10, keyframeInterval: 10))
        }
    }

    @Test(arguments: [(320, 240), (319, 181), (16, 16)])
    func `a JPEG has the picture's size and colours`(width: Int, height: Int) async throws {
        var picture = try Picture.blank(width: width, height: height)
        // Red by BT.601, which players take for pictures of fewer than 720 lines.
        picture.withMutablePlanes { y, u, v in
            for index in y.indices { y[index] = 81 }
            for index in u.indices { u[index] = 90 }
            for index in v.indices { v[index] = 240 }
        }
        var encoder = try JPEGEncoder.open(width: width, height: height, quality: 90)
        let bytes = try encoder.encode(picture)
        let again = try encoder.encode(picture)
        #expect(bytes == again)
        let directory = try TemporaryDirectory()
        let path = try directory.write("still.jpg", bytes)
        let stream = try #require(try await FFprobe.streams(path).first)
        #expect(stream.codec_name == "mjpeg" && stream.width == width && stream.height == height)
        let pixel = try await ChildProcess.run(
            [
                "ffmpeg", "-nostdin", "-v", "error", "-i", path, "-vf", "scale=1:1", "-pix_fmt", "rgb24", "-f",
                "rawvideo", "-",
            ])
        try #require(pixel.output.count == 3)
        #expect(pixel.output[0] > 245 && pixel.output[1] < 10 && pixel.output[2] < 10)
    }

    @Test func `better quality is larger`() throws {
        let picture = try drawn(1, width: 320, height: 240)
        let sizes = try [1, 40, 75, 100].map { quality in
            var encoder = try JPEGEncoder.open(width: 320, height: 240, quality: quality)
            return try encoder.encode(picture).count
        }
        #expect(sizes == sizes.sorted() && Set(sizes).count == 4)
    }

    @Test(arguments: [(160, 120), (640, 480), (100, 57)])
    func `scaling keeps the mean brightness`(width: Int, height: Int) throws {
        let picture = try drawn(3, width: 320, height: 240)
        var scaler = Scaler()
        for _ in 0..<2 {
            let scaled = try scaler.scale(picture, width: width, height: height)
            #expect(scaled.width == width && scaled.height == height)
            #expect(abs(mean(scaled) - mean(picture)) < 2)
        }
    }

    private func mean(_ picture: borrowing Picture) -> Double {
        let luma = picture.packed().prefix(picture.width * picture.height)
        return Double(luma.reduce(0) { $0 + Int($1) }) / Double(luma.count)
    }
}
