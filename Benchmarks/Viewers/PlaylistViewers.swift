import Foundation

/// `Benchmarks playlist-viewers`: viewers of one public picture in a process of their own, all on one thread. Reads an
/// ``Order`` from standard input; prints a ``Report`` as a line of JSON each second.
enum PlaylistViewers {
    struct Order: Codable {
        var port: Int
        var path: String
        var viewers: Int
    }

    /// What all have seen since they began.
    struct Report: Codable {
        /// Viewers who have at least one piece.
        var watching = 0
        var requests = 0
        var bytes = 0
        var playlists = 0
        var pieces = 0
        var refusals = 0
        var missed = 0
        var lost = 0
        /// Seconds, the lateness of this process not taken off.
        var longestAnswer = 0.0
        /// How many pieces the one that has come least far is behind the one that has come farthest.
        var farthestBehind = 0
        var longestOwnDelaySeconds = 0.0
    }

    private static let tick = 0.02
    /// New viewers in each tick: a class that opens the page within a second or two.
    private static let arrivals = 10

    static func main() -> Int32 {
        guard let line = readLine(), let order = try? JSONDecoder().decode(Order.self, from: Data(line.utf8)) else {
            return 2
        }
        do {
            try watch(order)
            return 0
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            return 1
        }
    }

    /// Until the process is killed.
    private static func watch(_ order: Order) throws {
        var scratch = [UInt8](repeating: 0, count: 1 << 16)
        var viewers: [PlaylistViewer] = []
        var longestOwnDelay = 0.0
        var (nextReport, due) = (now + 1, now)
        while true {
            let started = now
            longestOwnDelay = max(longestOwnDelay, started - due)
            for _ in 0..<arrivals where viewers.count < order.viewers {
                viewers.append(try PlaylistViewer(port: order.port, path: order.path, now: started))
            }
            for viewer in viewers { viewer.step(now: now, into: &scratch) }
            if now >= nextReport {
                nextReport += 1
                var report = summary(viewers)
                report.longestOwnDelaySeconds = longestOwnDelay
                print(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
                fflush(nil)
            }
            due = max(now, started + tick)
            usleep(UInt32(max(0, due - now) * 1e6))
        }
    }

    private static func summary(_ viewers: [PlaylistViewer]) -> Report {
        var report = Report()
        for viewer in viewers {
            report.watching += viewer.pieces > 0 ? 1 : 0
            report.requests += viewer.requests
            report.bytes += viewer.bytes
            report.playlists += viewer.playlists
            report.pieces += viewer.pieces
            report.refusals += viewer.refusals
            report.missed += viewer.missed
            report.lost += viewer.isLost ? 1 : 0
            report.longestAnswer = max(report.longestAnswer, viewer.longestAnswer)
        }
        let lasts = viewers.compactMap(\.last)
        if let least = lasts.min(), let most = lasts.max() { report.farthestBehind = most - least }
        return report
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
