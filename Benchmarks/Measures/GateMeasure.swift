import Bitstream
import Cameras
import Domain
import FFmpeg
import TestSupport
import Vision

/// What the activity gate lets through: events of simulated kitchens whose truth is known, at constant quality and at a
/// constant bit rate.
///
/// An event is somebody or a rat that can be seen without a break; it is let through when at least three of its pictures
/// were looked at, which is what a rule needs.
struct GateMeasure: Measure {
    let name = "gate"
    private static let needed = 3
    /// Shorter sights are no event: nothing could be judged in them.
    private static let leastSeconds = 1.0

    private struct Event {
        var begin: Double
        var end: Double
        var looks = 0
    }

    func run(_ bench: Bench) async throws {
        let minutes = bench.isQuick ? 4.0 : 20
        let seeds = bench.isQuick ? [31] : [31, 33, 35]
        let size = "width=640&height=360&fps=12"
        for (rate, label) in [("", "constant quality"), ("&bitrate=500000", "constant bit rate")] {
            var people: [Event] = []
            var rats: [Event] = []
            var decoded = 0
            var total = 0
            for seed in seeds {
                let day = try watch(
                    "sim://preparation?people=1&seed=\(seed)&\(size)\(rate)", minutes: minutes
                ) { truth in truth.people.contains { $0.body.visibility > 0.3 } }
                people += day.events
                // 40 pixels of a 1080p picture are 13 of these.
                let night = try watch(
                    "sim://preparation?light=night&rats=120&seed=\(seed)&\(size)\(rate)", minutes: minutes,
                    isVigilant: true
                ) { truth in truth.rodents.contains { $0.visibility > 0.5 && $0.box.width >= 13 } }
                rats += night.events
                decoded += night.decoded
                total += night.units
            }
            add(bench, "people, \(label)", people, least: 0.99)
            add(bench, "rats of 40 px, \(label)", rats, least: 0.95)
            bench.add(
                Figure("decoded of rat nights, \(label)", Double(decoded) / Double(total), "of all pictures"))
        }
    }

    private func add(_ bench: Bench, _ name: String, _ events: [Event], least: Double) {
        let through = events.count { $0.looks >= Self.needed }
        bench.add(
            Figure(
                "\(name), \(events.count) events", Double(through) / Double(max(events.count, 1)), "let through",
                bar: .atLeast(least), raw: events.map { Double($0.looks) }))
    }

    /// Runs the reader as a camera's analysis does: what it shows is looked at for motion, and motion keeps it open.
    private func watch(
        _ address: String, minutes: Double, isVigilant: Bool = false, isThere: (SceneTruth) -> Bool
    ) throws -> (events: [Event], decoded: Int, units: Int) {
        var reader = PictureReader(.gated)
        reader.isVigilant = isVigilant
        var motion = MotionSearch()
        var grid = LumaGrid()
        var events: [Event] = []
        var current: Event?
        var units = 0
        // The first two minutes teach what is usual.
        try SceneFilm(SourceAddress.parse(address).address).run(seconds: 120 + minutes * 60) { unit, truth in
            units += 1
            let time = unit.presentationTime.seconds
            let isEvent = time > 120 && isThere(truth)
            if isEvent {
                current = current ?? Event(begin: time, end: time)
                current?.end = time
            } else if let event = current, time - event.end > 0.5 {
                if event.end - event.begin >= Self.leastSeconds { events.append(event) }
                current = nil
            }
            var attention: Time90k?
            var looks = 0
            try reader.take(unit) { (picture, _) throws(FFmpegError) in
                grid.fill(from: picture)
                let found = motion.look(grid, at: picture.presentationTime)
                if !found.solid.isEmpty { attention = picture.presentationTime + Time90k(.seconds(3)) }
                let seen = picture.presentationTime.seconds
                if let event = current, seen >= event.begin { looks += 1 }
            }
            if let attention { reader.hold(until: attention) }
            current?.looks += looks
        }
        if let event = current, event.end - event.begin >= Self.leastSeconds { events.append(event) }
        return (events, reader.decoded, units)
    }
}
