import Foundation

/// What `mingchu analyze` says at its end.
struct AnalysisSummary {
    var pictures = 0
    var videos = 0
    var unreadable = 0
    /// Things seen, by label; of heads also by hat and mask.
    private var seen: [String: Int] = [:]
    private var captures: [String: Int] = [:]
    private let start = ContinuousClock.now

    mutating func count(_ line: AnalysisLine) {
        pictures += 1
        for detection in line.detections {
            seen[detection.label, default: 0] += 1
            if let hat = detection.hat { seen["  hat \(hat.state)", default: 0] += 1 }
            if let mask = detection.mask { seen["  mask \(mask.state)", default: 0] += 1 }
        }
    }

    mutating func count(capture item: String) { captures[item, default: 0] += 1 }

    var picturesPerSecond: Double {
        let (seconds, attoseconds) = start.duration(to: .now).components
        return Double(pictures) / max(Double(seconds) + Double(attoseconds) / 1e18, 1e-3)
    }

    var text: String {
        var table = TextTable(["seen", "times"], rightAligned: [1])
        let order =
            ["person", "head"]
            + ["hat", "mask"].flatMap { part in
                ["present", "absent", "unknown"].map { "  \(part) \($0)" }
            } + ["phone", "rodent", "insect"]
        for label in order { table.add([label, "\(seen[label] ?? 0)"]) }
        var text = table.text
        if videos > 0 {
            var table = TextTable(["captures", "number"], rightAligned: [1])
            for (item, number) in captures.sorted(by: { $0.key < $1.key }) { table.add([item, "\(number)"]) }
            if captures.isEmpty { table.add(["none", "0"]) }
            text += "\n" + table.text
        }
        let unreadable = unreadable == 0 ? "" : ", \(unreadable) files could not be read"
        return text
            + String(format: "\n%d pictures analysed, %.1f a second%@\n", pictures, picturesPerSecond, unreadable)
    }
}
