import Bitstream
import Cameras
import Domain
import FFmpeg
import Foundation
import TestSupport
import Vision

/// Footage with nothing wrong: kitchens in which everybody wears hat and mask and nobody has a phone, empty ones, nights.
/// Every capture is a false one.
struct FalseCaptures: Measure {
    let name = "false-captures"

    func run(_ bench: Bench) async throws {
        let hours = bench.isQuick ? 1.0 : 8
        let models = try RecognitionModels.load()
        let dressed = "bareheads=0&maskless=0&phones=0&width=640&height=360&fps=5"
        let scenes = [
            ("sim://cooking?people=2&seed=41&\(dressed)", 0.4), ("sim://preparation?people=3&seed=43&\(dressed)", 0.3),
            ("sim://washing?people=1&seed=45&\(dressed)", 0.1),
            ("sim://preparation?light=night&rats=0&seed=47&width=640&height=360&fps=5", 0.2),
        ]
        var false_: [String: Int] = [:]
        for (address, share) in scenes {
            for item in try watch(address, hours: hours * share, models) { false_[item, default: 0] += 1 }
        }
        let total = false_.values.reduce(0, +)
        let items = false_.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        bench.add(
            Figure(
                "false captures in \(hours) h of simulated kitchens\(items.isEmpty ? "" : " (\(items))")",
                Double(total) * 8 / hours, "in 8 h", bar: .atMost(1), raw: false_.values.map(Double.init)))
        try clips(bench, models)
    }

    private func watch(_ address: String, hours: Double, _ models: RecognitionModels) throws -> [String] {
        let recognition = try NeuralRecognition(models)
        let isNight = address.contains("light=night")
        // A Monday, from seven in the morning or ten in the evening.
        let start = UTCTime(milliseconds: 1_795_363_200_000 + (isNight ? 22 : 7) * 3_600_000 - 8 * 3_600_000)
        var analysis = StreamAnalysis(
            camera: CameraID(at: start), settings: .standard,
            hours: WorkingHours(startMinute: 0, endMinute: isNight ? 600 : 1440, weekdays: Set(1...7)), zone: .shanghai,
            models: "", looking: .gated)
        var found: [String] = []
        func note(_ event: AnalysisEvent) {
            if case .opened(let capture, _) = event { found.append(capture.item.rawValue) }
        }
        try SceneFilm(SourceAddress.parse(address).address).run(seconds: hours * 3600) { unit, _ in
            try analysis.take(unit, wall: start + unit.presentationTime.duration, with: recognition, report: note)
        }
        return found
    }

    /// Real people in the street: there is nothing to be captured in them but bare heads, which are left out.
    private func clips(_ bench: Bench, _ models: RecognitionModels) throws {
        let recognition = try NeuralRecognition(models)
        var settings = AnalysisSettings.standard
        for item in [CaptureItem.noHat, .noMask] {
            var rule = CaptureRule.standard(item)
            rule.isOn = false
            settings.rules[item] = rule
        }
        let path = "/usr/share/doc/opencv-doc/examples/data/vtest.avi"
        var captures = 0
        var seconds = 0.0
        _ = try FileAnalysis(settings: settings).run(
            path, start: UTCTime(milliseconds: 1_795_399_200_000), with: recognition, .init()
        ) { event, position, _ in
            seconds = max(seconds, position.inSeconds)
            if case .opened = event { captures += 1 }
        }
        bench.add(
            Figure(
                "false captures of phones, pests and camera states in \(Int(seconds)) s of people in a street",
                Double(captures), "captures"))
    }
}
