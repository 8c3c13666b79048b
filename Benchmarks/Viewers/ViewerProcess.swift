import Foundation

/// `Benchmarks viewers`: the watching side of the fan-out, in a process of its own so that it is not counted with the
/// server. Reads an ``Order`` from standard input; prints a ``ViewerReport`` as a line of JSON each second.
enum ViewerProcess {
    struct Order: Codable {
        var port: Int
        var cookie: String
        var path: String
        var viewers: Int
        /// Of them: how many read at `slowBytesPerSecond`.
        var slowViewers: Int
        var slowBytesPerSecond: Int
        /// After so long they read all they can: only then do they come to see what they have missed, because some
        /// megabytes wait in the kernel's buffers first.
        var slowSeconds: Double
    }

    static func main() -> Int32 {
        guard let line = readLine(), let order = try? JSONDecoder().decode(Order.self, from: Data(line.utf8)) else {
            return 2
        }
        do {
            try Crowd(order).watch { report in
                guard let line = try? JSONEncoder().encode(report) else { return }
                print(String(decoding: line, as: UTF8.self))
                fflush(nil)
            }
            return 0
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            return 1
        }
    }
}

/// What the viewers have seen since they began.
struct ViewerReport: Codable {
    var viewers = 0
    /// Viewers to whom at least one byte of video came.
    var receiving = 0
    var lost = 0
    var bytes = 0
    /// Times at which a viewer that reads at full speed got nothing for ``Crowd/stallSeconds``.
    var stalls = 0
    /// Without the time by which the viewers' own process came late to look.
    var longestPauseSeconds = 0.0
    var longestOwnDelaySeconds = 0.0
    /// Full-speed viewers whose stream jumped ahead: among those that are looked into.
    var skipsOfFastViewers = 0
    var skipsOfSlowViewers = 0
    var slowViewersSkipped = 0
    /// Anything that a player could not play: a start between keyframes, or bytes that are no boxes.
    var faults = 0
}
