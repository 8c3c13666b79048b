import Bitstream
import Cameras
import Domain
import FFmpeg
import Foundation
import Logging
import PublicVideo
import Synchronization
import TestSupport
import Vision

/// The public picture: whose face is covered, what a watched camera costs, and how soon a stage that hangs closes it.
struct PublicVideoMeasure: Measure {
    let name = "public-video"

    /// Least height of a face in the public picture, in pixels; smaller ones nobody recognises.
    private static let leastFace = 24.0
    private static let time = TimeSource(
        now: { UTCTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }, monotonic: { Interruption.now })

    func run(_ bench: Bench) async throws {
        let models = try RecognitionModels.load(.init(threads: 1))
        try Self.coverScenes(bench, models)
        try Self.coverPhotographs(bench, models)
        try await Self.cost(bench, models)
        try await Self.stall(bench, models)
    }

    // MARK: Who is covered

    /// Simulated kitchens with seeds that nothing was trained on, through the whole timeline.
    private static func coverScenes(_ bench: Bench, _ models: RecognitionModels) throws {
        var count = Count()
        for (number, room) in ["cooking", "washing", "preparation"].enumerated() {
            let address = try SourceAddress.parse("sim://\(room)?people=3&width=640&seed=\(902 + 2 * number)").address
            let finder = try HeadFinder(models)
            var looks: [(time: Duration, heads: [PictureBox])] = []
            var timeline = CoverTimeline()
            var decoder: Decoder?
            var index = 0
            try SceneFilm(address).run(from: 120, seconds: bench.isQuick ? 20 : 120) { unit, truth in
                if decoder == nil { decoder = try Decoder.open(unit.format) }
                let time = unit.presentationTime.duration
                defer { index += 1 }
                // Eight of twelve pictures a second, as the public gets them.
                let isLooked = index % 3 != 2
                try decoder?.decode(unit) { (picture) throws(FFmpegError) in
                    guard isLooked else { return }
                    let aspect = Double(picture.width) / Double(picture.height)
                    let found = try? finder.find(in: picture)
                    timeline.add(found.map { HeadCover($0, aspect: aspect) }, at: time)
                    let (width, height) = (Double(picture.width), Double(picture.height))
                    looks.append(
                        (
                            time,
                            truth.people.compactMap { person -> PictureBox? in
                                guard person.facing > 0, let head = person.head, head.visibility > 0.3,
                                    Double(head.box.height) >= leastFace
                                else { return nil }
                                return PictureBox(
                                    x: Double(head.box.x) / width, y: Double(head.box.y) / height,
                                    width: Double(head.box.width) / width, height: Double(head.box.height) / height)
                            }
                        ))
                }
            }
            for look in looks {
                // nil: a notice is shown, and nobody can be seen.
                guard let regions = timeline.cover(at: look.time) else { continue }
                count.pictures += 1
                for head in look.heads { count.add(head, regions) }
            }
        }
        bench.add(
            Figure(
                "faces covered, simulator, of \(count.faces) in \(count.pictures) pictures", count.share, "of 1",
                bar: .atLeast(0.98)))
    }

    /// Photographs of people that no model was trained on: `images/` and `labels/` with a line `class x y width height` for
    /// each face, in shares of the picture. Each picture stands alone: no other before or after it helps.
    private static func coverPhotographs(_ bench: Bench, _ models: RecognitionModels) throws {
        guard let folder = ProcessInfo.processInfo.environment["MINGCHU_FACES"] else {
            bench.say("photographs: not measured; MINGCHU_FACES names no folder (Training/README.md)")
            return
        }
        let finder = try HeadFinder(models)
        var (count, covered) = (Count(), [Double]())
        var scaler = Scaler()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/images").sorted() {
            let whole = try StillPicture.read(path: "\(folder)/images/\(name)")
            let size = PublicScreenSettings.size(of: whole.width, whole.height)
            let picture = try scaler.scale(whole, width: size.width, height: size.height)
            let cover = HeadCover(try finder.find(in: picture), aspect: Double(size.width) / Double(size.height))
            let label = (name as NSString).deletingPathExtension
            let lines = try String(contentsOfFile: "\(folder)/labels/\(label).txt", encoding: .utf8)
            count.pictures += 1
            for line in lines.split(whereSeparator: \.isNewline) {
                let fields = line.split(separator: " ").compactMap { Double($0) }
                guard fields.count >= 5, fields[4] * Double(size.height) >= leastFace else { continue }
                count.add(
                    PictureBox(
                        x: fields[1] - fields[3] / 2, y: fields[2] - fields[4] / 2, width: fields[3],
                        height: fields[4]
                    ).clipped, cover.isUnsure ? [PictureBox(x: 0, y: 0, width: 1, height: 1)] : cover.regions)
            }
            covered.append(cover.isUnsure ? 1 : 0)
        }
        bench.add(
            Figure(
                "faces covered, photographs, of \(count.faces) in \(count.pictures)", count.share, "of 1",
                bar: .atLeast(0.98)))
        bench.add(
            Figure(
                "photographs replaced by a notice: too near to be sure", covered.reduce(0, +) / Double(covered.count),
                "of 1"))
    }

    private struct Count {
        var faces = 0
        var covered = 0
        var pictures = 0
        var share: Double { faces == 0 ? .nan : Double(covered) / Double(faces) }

        /// A face counts as covered when nine tenths of it are.
        mutating func add(_ face: PictureBox, _ regions: [PictureBox]) {
            faces += 1
            var inside = 0
            for row in 0..<12 {
                for column in 0..<12 {
                    let x = face.x + face.width * (Double(column) + 0.5) / 12
                    let y = face.y + face.height * (Double(row) + 0.5) / 12
                    if regions.contains(where: {
                        $0.x <= x && x <= $0.x + $0.width && $0.y <= y && y <= $0.y + $0.height
                    }) {
                        inside += 1
                    }
                }
            }
            if Double(inside) >= 0.9 * 144 { covered += 1 }
        }
    }

    // MARK: What it costs

    private static func film(seconds: Double) throws -> [AccessUnit] {
        let address = try SourceAddress.parse("sim://cooking?people=2&width=640&seed=906").address
        var units: [AccessUnit] = []
        try SceneFilm(address).run(from: 120, seconds: seconds) { unit, _ in units.append(unit) }
        return units
    }

    private static func screens(
        _ search: @escaping @Sendable () throws -> any HeadSearch
    ) -> PublicScreens {
        var log = Logger(label: "bench")
        log.logLevel = .error
        return PublicScreens(most: 4, time: Self.time, log: log, search: search)
    }

    /// Feeds a camera in real time and asks as a player does, for so long; CPU seconds of this process a second, in the last
    /// part of it.
    private static func feed(
        _ screens: PublicScreens, _ units: [AccessUnit], isWatched: Bool, settling: Int, measured: Int
    ) async throws -> Double {
        let camera = CameraID(at: Self.time.now())
        let settings = PublicScreenSettings(
            delay: .seconds(10), label: "实验小学", zone: .shanghai, hasSub: false)
        let start = ContinuousClock.now
        let first = units[0].decodeTime
        var before = 0.0
        var lastAsked = -10.0
        for unit in units {
            let due = (unit.decodeTime - first).seconds
            try await Task.sleep(until: start + .seconds(due))
            screens.receive(unit, of: camera, .main, wall: Self.time.now())
            if isWatched, due - lastAsked >= 2 {
                lastAsked = due
                _ = try screens.screen(of: camera, settings).playlist()
            }
            if due < Double(settling) { before = cpuSeconds() }
            if due >= Double(settling + measured) { break }
        }
        return (cpuSeconds() - before) / Double(measured)
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func cost(_ bench: Bench, _ models: RecognitionModels) async throws {
        let measured = bench.isQuick ? 10 : 40
        let units = try film(seconds: Double(20 + measured + 2))
        let screens = screens { try HeadFinder(models) }
        let running = Task { try await screens.run() }
        let idle = try await feed(screens, units, isWatched: false, settling: 2, measured: 8)
        bench.add(Figure("a camera that nobody watches", idle * 100, "% of a core", bar: .atMost(0.5)))
        let watched = try await feed(screens, units, isWatched: true, settling: 20, measured: measured)
        bench.add(Figure("a watched camera", watched * 100, "% of a core", bar: .atMost(25)))
        running.cancel()
        try? await running.value
    }

    // MARK: A stage that hangs

    /// Finds nobody, until it is told to hang.
    private final class HangingSearch: HeadSearch {
        static let hangs = Atomic(false)

        func find(in picture: borrowing Picture) throws -> [Recognized] {
            while Self.hangs.load(ordering: .relaxed) { usleep(10_000) }
            return []
        }
    }

    private static func stall(_ bench: Bench, _ models: RecognitionModels) async throws {
        let units = try film(seconds: 30)
        let screens = screens { HangingSearch() }
        let running = Task { try await screens.run() }
        let camera = CameraID(at: Self.time.now())
        let settings = PublicScreenSettings(delay: .seconds(10), label: "实验小学", zone: .shanghai, hasSub: false)
        let start = ContinuousClock.now
        let first = units[0].decodeTime
        var hung: ContinuousClock.Instant?
        var closed: Double?
        let screen = try screens.screen(of: camera, settings)
        for unit in units {
            let due = (unit.decodeTime - first).seconds
            try await Task.sleep(until: start + .seconds(due))
            screens.receive(unit, of: camera, .main, wall: Self.time.now())
            if due > 16, hung == nil {
                guard try screen.playlist() != nil else {
                    throw HTTPConnection.Unexpected(description: "no picture after 16 s")
                }
                HangingSearch.hangs.store(true, ordering: .relaxed)
                hung = .now
            }
            if let hung {
                do {
                    _ = try screen.playlist()
                } catch {
                    closed = hung.duration(to: .now).inSeconds
                    break
                }
            }
        }
        HangingSearch.hangs.store(false, ordering: .relaxed)
        bench.add(
            Figure("from a search that hangs to the closed picture", closed ?? .infinity, "s", bar: .atMost(2)))
        running.cancel()
        try? await running.value
    }
}
