import Bitstream
import Domain
import FFmpeg
import NIOCore
import TestSupport
import Vision

@testable import PublicVideo

/// A camera that shows a chessboard, the whole way to its public picture, and a clock that is turned by hand.
final class Stage {
    /// Says what the test has laid down for each look.
    final class ScriptedSearch: HeadSearch {
        struct Broken: Error {}

        /// By number of the look, from 0; nil = it fails.
        var answer: (Int) -> [Recognized]? = { _ in [] }
        private(set) var looks = 0

        func find(in picture: borrowing Picture) throws -> [Recognized] {
            defer { looks += 1 }
            guard let answer = answer(looks) else { throw Broken() }
            return answer
        }
    }

    static let delay = Duration.seconds(10)
    let time = FakeTime()
    let search = ScriptedSearch()
    let screen: PublicScreen
    let units = DelayedUnits()
    private var worker: PublicWorker
    private var camera: Encoder
    private var frames = 0
    private var files: [(name: String, bytes: [UInt8])] = []
    let size: (width: Int, height: Int)

    init(width: Int = 640, height: Int = 360) throws {
        size = (width, height)
        screen = PublicScreen(epoch: "e", time: time.source)
        worker = try PublicWorker.open(
            screen, units,
            PublicScreenSettings(delay: Self.delay, label: "实验小学", zone: .shanghai, hasSub: false), search,
            now: time.monotonic)
        camera = try Encoder.open(
            .init(width: width, height: height, framesPerSecond: 8, keyframeInterval: 8, rate: .quality(12)))
    }

    /// An eighth of a second goes by.
    func step(hasPicture: Bool = true) throws {
        if hasPicture {
            var picture = try Picture.blank(width: size.width, height: size.height)
            Self.drawBoard(&picture)
            let units = try camera.encode(picture, at: Time90k(ticks: Int64(frames) * 11_250))
            for unit in units { self.units.put(unit, wall: time.now, arrival: time.monotonic) }
        }
        frames += 1
        try worker.tick(at: time.monotonic)
        try collect()
        time.advance(by: .milliseconds(125))
    }

    func run(seconds: Int, hasPicture: Bool = true) throws {
        for _ in 0..<seconds * 8 { try step(hasPicture: hasPicture) }
    }

    /// Squares of 8 pixels, black and white.
    private static func drawBoard(_ picture: inout Picture) {
        let (width, height, stride) = (picture.width, picture.height, picture.lumaStride)
        picture.withMutablePlanes { y, u, v in
            for row in 0..<height {
                for column in 0..<width { y[row * stride + column] = (row / 8 + column / 8) % 2 == 0 ? 40 : 210 }
            }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
    }

    private func collect() throws {
        guard let text = try screen.playlist() else { return }
        for name in text.split(separator: "\n").map(String.init) where name.hasSuffix(".m4s") {
            guard !files.contains(where: { $0.name == name }) else { continue }
            files.append((name, Array(buffer: try screen.file(name))))
        }
    }

    /// What a viewer saw of each picture that has left so far.
    struct Seen {
        /// Difference of the brightest and the darkest pixel in a region of the picture, 0…255.
        let contrast: (PictureBox) -> Int
        let mean: Int
    }

    func seen() throws -> [Seen] {
        guard !files.isEmpty else { return [] }
        let folder = try TemporaryDirectory()
        let start = Array(buffer: try screen.file("e-init.mp4"))
        _ = try folder.write("seen.mp4", start + files.flatMap(\.bytes))
        var movie = try Movie.open(path: folder.file("seen.mp4"))
        var all: [Seen] = []
        while try movie.next(isWanted: { _ in true }, show: { picture, _ in all.append(Self.look(at: picture)) }) {}
        return all
    }

    private static func look(at picture: borrowing Picture) -> Seen {
        let (width, height, stride) = (picture.width, picture.height, picture.lumaStride)
        let luma = picture.withPlanes { y, _, _ in
            (0..<height).flatMap { row in (0..<width).map { y[row * stride + $0] } }
        }
        return Seen(
            contrast: { box in
                var (low, high) = (255, 0)
                for row in Int(box.y * Double(height))..<Int((box.y + box.height) * Double(height)) {
                    for column in Int(box.x * Double(width))..<Int((box.x + box.width) * Double(width)) {
                        low = min(low, Int(luma[row * width + column]))
                        high = max(high, Int(luma[row * width + column]))
                    }
                }
                return high - low
            }, mean: luma.reduce(0) { $0 + Int($1) } / luma.count)
    }
}
