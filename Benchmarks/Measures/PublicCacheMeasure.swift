import Domain
import FFmpeg
import Foundation
import Store
import Supervision
import TestSupport

/// A public picture behind nginx: what 1,000 viewers cost the program, beside what one does who asks it directly; and how soon
/// a cut has reached nginx too.
struct PublicCacheMeasure: Measure {
    let name = "public-cache"

    /// What arrived at the program in a second, and what it took.
    private struct Cost {
        var requests: Double
        var bytes: Double
        var cpu: CPUWindows
    }

    func run(_ bench: Bench) async throws {
        let viewers = bench.isQuick ? 100 : 1000
        let window = Duration.seconds(bench.isQuick ? 5 : 20)
        let data = try bench.folder("public-cache")
        let farm = try await CameraFarm.start(.init("/camera", .camera360p, credentials: .farm))
        let (path, school) = try await Self.publish(data, farm.url("/camera"))
        let program = try await Program.start(bench, data: data, analyses: true)
        try await program.waitUntilRecording(1)
        let proxy = try await CachingProxy.start(bench, before: program.port)

        let direct = try await Self.cost(program, window) {
            try Self.start(port: program.port, path: path, viewers: 1)
        } arriving: { crowd, _ in
            let seen = try Self.last(crowd)
            return (seen?.requests ?? 0, seen?.bytes ?? 0)
        }
        bench.say("one viewer directly: \(Self.text(direct.cost))")
        try await Self.leave(direct.crowd)
        let shared = try await Self.cost(program, window) {
            try Self.start(port: proxy.port, path: path, viewers: viewers)
        } arriving: { _, _ in
            let passed = try proxy.passed()
            return (passed.requests, passed.bytes)
        }
        bench.say("\(viewers) viewers through nginx: \(Self.text(shared.cost))")
        guard let seen = try Self.last(shared.crowd) else {
            throw HTTPConnection.Unexpected(description: "no report of viewers")
        }
        Self.report(bench, viewers, direct.cost, shared.cost, seen)
        try await Self.cut(bench, program, proxy, path, school)
        try await Self.leave(shared.crowd)
        try await proxy.stop()
        try await program.stop()
    }

    /// With all pieces fresh in the cache and all viewers there: until nothing is given out any more.
    private static func cut(
        _ bench: Bench, _ program: Program, _ proxy: CachingProxy, _ path: String, _ school: SchoolID
    ) async throws {
        let folder = String(path.prefix(through: path.lastIndex(of: "/")!))
        let viewer = try HTTPConnection(port: proxy.port)
        let connection = try program.connect()
        let page = "/publication/\(school)"
        let token = Program.formToken(in: try connection.get(page, cookie: program.cookie).text)
        let playlist = try viewer.get(path).text
        let pieces = playlist.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { folder + String($0) }
        for piece in pieces { _ = try viewer.get(piece) }
        let start = ContinuousClock.now
        let answer = try connection.post(
            "\(page)/cut", form: [("reason", "benchmark"), ("form_token", token)], cookie: program.cookie)
        guard answer.status == 303 else {
            throw HTTPConnection.Unexpected(description: "cutting the picture: \(answer.status)")
        }
        var (playlistGone, piecesGone): (Double?, Double?)
        while playlistGone == nil || piecesGone == nil, start.duration(to: .now) < .seconds(30) {
            if playlistGone == nil, try viewer.get(path).status != 200 {
                playlistGone = start.duration(to: .now).inSeconds
            }
            if piecesGone == nil, try pieces.allSatisfy({ try viewer.get($0).status != 200 }) {
                piecesGone = start.duration(to: .now).inSeconds
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        bench.add(
            Figure(
                "from a cut to no playlist, through nginx", playlistGone ?? .infinity, "s", bar: .atMost(10)))
        bench.add(
            Figure(
                "from a cut to none of \(pieces.count) pieces, through nginx", piecesGone ?? .infinity, "s",
                bar: .atMost(10)))
    }

    private static func report(
        _ bench: Bench, _ viewers: Int, _ direct: Cost, _ shared: Cost, _ seen: PlaylistViewers.Report
    ) {
        bench.add(Figure("requests at the program, one viewer directly", direct.requests, "1/s"))
        bench.add(Figure("requests at the program, \(viewers) through nginx", shared.requests, "1/s"))
        bench.add(
            Figure(
                "requests, \(viewers) through nginx to one directly", shared.requests / direct.requests, "×",
                bar: .atMost(1.5), raw: [shared.requests, direct.requests]))
        bench.add(
            Figure(
                "bytes, \(viewers) through nginx to one directly", shared.bytes / direct.bytes, "×",
                bar: .atMost(1.5), raw: [shared.bytes, direct.bytes]))
        bench.add(
            Figure(
                "CPU of the program, one viewer directly", direct.cpu.median * 100, "% of a core",
                raw: direct.cpu.shares))
        bench.add(
            Figure(
                "CPU of the program, \(viewers) through nginx", shared.cpu.median * 100, "% of a core",
                raw: shared.cpu.shares))
        bench.add(
            Figure(
                "CPU, \(viewers) through nginx to one directly", shared.cpu.median / direct.cpu.median, "×",
                bar: .atMost(1.5)))
        bench.add(
            Figure(
                "viewers who watched, of \(viewers)", Double(seen.watching), "", bar: .atLeast(Double(viewers))))
        bench.add(
            Figure(
                "pieces missed, answers refused, connections lost, of \(seen.pieces) pieces and \(seen.playlists) playlists",
                Double(seen.missed + seen.refusals + seen.lost), "", bar: .atMost(0),
                raw: [seen.missed, seen.refusals, seen.lost].map(Double.init)))
        bench.add(Figure("pieces between the viewer who is farthest and the last", Double(seen.farthestBehind), ""))
        bench.add(
            Figure(
                "longest time from asking to having", seen.longestAnswer, "s", raw: [seen.longestOwnDelaySeconds]))
    }

    /// A school that is public at all hours with one camera, and the path of its playlist.
    private static func publish(
        _ data: String, _ address: String
    ) async throws -> (path: String, school: SchoolID) {
        let footage = try await Footage.open(data: data)
        let supervision = Supervision(
            store: footage.store, time: TimeSource(now: { Footage.now }, monotonic: { Interruption.now }))
        let school = try await supervision.places.addSchool("实验小学", by: .node)
        let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .node)
        let source = try SourceAddress.parse(address)
        let camera = try await supervision.cameras.add(
            CameraDraft(area: area.id, name: "1", main: source.address, credentials: source.credentials), by: .node)
        let always = WorkingHours(startMinute: 0, endMinute: 1440, weekdays: Set(1...7))
        try await supervision.calendars.change(SchoolCalendar(weekdays: Set(1...7)), always, by: .node)
        try await supervision.publications.change(
            Publication(isOn: true, cameras: [camera.id], hours: always, delaySeconds: 10), of: school.id, by: .node)
        let code = try await supervision.publications.sheet(of: school.id, for: .node).code
        try await footage.store.close()
        return ("/p/\(code?.description ?? "")/\(camera.id)/index.m3u8", school.id)
    }

    /// Waits until the crowd watches, then counts over three windows.
    private static func cost(
        _ program: Program, _ window: Duration, begin: () throws -> ChildProcess,
        arriving: (ChildProcess, Program) throws -> (requests: Int, bytes: Int)
    ) async throws -> (cost: Cost, crowd: ChildProcess) {
        let crowd = try begin()
        try await eventually("somebody watches", within: .seconds(90), every: .milliseconds(200)) {
            if crowd.ending != nil { throw HTTPConnection.Unexpected(description: "viewers: \(crowd.errors)") }
            return (try last(crowd)?.pieces ?? 0) > 0
        }
        // The crowd comes, the playlist fills.
        try await Task.sleep(for: .seconds(15))
        let (start, before) = (ContinuousClock.now, try arriving(crowd, program))
        let cpu = try await CPUWindows.measure([program.process], of: window, settling: .zero)
        let (seconds, after) = (start.duration(to: .now).inSeconds, try arriving(crowd, program))
        return (
            Cost(
                requests: Double(after.requests - before.requests) / seconds,
                bytes: Double(after.bytes - before.bytes) / seconds, cpu: cpu), crowd
        )
    }

    private static func start(port: Int, path: String, viewers: Int) throws -> ChildProcess {
        let crowd = try ChildProcess.start([CommandLine.arguments[0], "playlist-viewers"])
        let order = PlaylistViewers.Order(port: port, path: path, viewers: viewers)
        crowd.write(String(decoding: try JSONEncoder().encode(order), as: UTF8.self) + "\n")
        return crowd
    }

    private static func leave(_ crowd: ChildProcess) async throws {
        crowd.signal(SIGKILL)
        _ = try await crowd.ending()
    }

    private static func last(_ crowd: ChildProcess) throws -> PlaylistViewers.Report? {
        guard let line = crowd.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last else {
            return nil
        }
        return try JSONDecoder().decode(PlaylistViewers.Report.self, from: Data(line.utf8))
    }

    private static func text(_ cost: Cost) -> String {
        "\(Table.number(cost.requests)) requests/s, \(Table.number(cost.bytes / 1024)) KiB/s, \(Table.number(cost.cpu.median * 100)) % of a core"
    }
}
