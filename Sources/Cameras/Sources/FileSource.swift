import Bitstream
public import Domain
import FFmpeg

/// Plays a video file in a loop at its own speed, as if it were a camera.
public struct FileSource: Source {
    private let path: String

    public init(path: String) { self.path = path }

    public func run(deliver: @escaping @Sendable (SourceEvent) -> Void) async throws(SourceFailure) {
        let address = SourceAddress(scheme: .file, host: "", path: path)
        try await BlockingThread.run("file") { (interruption) throws(SourceFailure) in
            var timeline = LoopTimeline()
            var pacer = Pacer()
            while !interruption.isCancelled {
                do throws(FFmpegError) {
                    try Self.playOnce(address, &timeline, &pacer, interruption, deliver)
                } catch {
                    if error.kind == .cancelled { return }
                    throw SourceFailure(ofFile: error)
                }
                guard timeline.hasPictures else { throw SourceFailure(.notVideo, detail: "no keyframe in it") }
                timeline.beginAgain()
            }
        }
    }

    /// The file is opened anew for each round: seeking back is not exact in every container, and the file may have been replaced.
    private static func playOnce(
        _ address: SourceAddress, _ timeline: inout LoopTimeline, _ pacer: inout Pacer, _ interruption: Interruption,
        _ deliver: (SourceEvent) -> Void
    ) throws(FFmpegError) {
        var demuxer = try Demuxer.open(address, interruption: interruption)
        if let rate = demuxer.framesPerSecond { timeline.step = Time90k(.seconds(1 / rate)) }
        var sawKeyframe = false
        while true {
            let next: AccessUnit?
            do throws(FFmpegError) {
                next = try demuxer.next()
            } catch {
                // A file that is cut off or damaged plays as far as it goes.
                if sawKeyframe && error.kind != .cancelled { return }
                throw error
            }
            guard let unit = next else { return }
            sawKeyframe = sawKeyframe || unit.isKey
            guard sawKeyframe else { continue }
            let time = timeline.place(unit.decodeTime)
            guard pacer.wait(for: time.duration, interruption) else { return }
            deliver(.accessUnit(unit.moved(to: time)))
        }
    }
}

/// Strings the rounds of a looped file together into one line of time.
struct LoopTimeline {
    /// From the last picture of a round to the first of the next, and over holes in a file's times.
    var step = Time90k(ticks: 3_600)
    private(set) var hasPictures = false
    private var lastInFile: Time90k?
    private var last = Time90k.zero

    /// Nothing to see for this long would look like a dead camera.
    private static let longestStep = Time90k(ticks: 5 * 90_000)

    mutating func place(_ time: Time90k) -> Time90k {
        if let lastInFile {
            let forward = time - lastInFile
            last += forward > .zero && forward <= Self.longestStep ? forward : step
        } else if hasPictures {
            last += step
        }
        lastInFile = time
        hasPictures = true
        return last
    }

    mutating func beginAgain() { lastInFile = nil }
}

/// Holds a stream to the clock.
struct Pacer {
    private var start: Duration?

    /// After a longer halt (a sleeping laptop, a hung disk) the stream goes on from there instead of rushing through what it missed.
    private static let longestLag = Duration.seconds(1)

    /// Waits until `time` after the first call has come. False when interrupted.
    mutating func wait(for time: Duration, _ interruption: Interruption) -> Bool {
        let now = Interruption.now
        let begun = start ?? now - time
        start = now - (begun + time) > Self.longestLag ? now - time : begun
        return interruption.sleep(until: start! + time)
    }
}

extension AccessUnit {
    fileprivate func moved(to time: Time90k) -> AccessUnit {
        AccessUnit(
            format: format, decodeTime: time, compositionOffset: compositionOffset, isKey: isKey, data: data,
            captureTime: captureTime)
    }
}
