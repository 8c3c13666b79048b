import Foundation

/// The figures as people read them.
enum Table {
    static func text(_ figures: [(benchmark: String, figure: Figure)]) -> String {
        var rows = [["benchmark", "figure", "measured", "unit", "peer", "bar", "met"]]
        var last = ""
        for (benchmark, figure) in figures {
            rows.append([
                benchmark == last ? "" : benchmark, figure.name, number(figure.value), figure.unit, peer(figure),
                bar(figure), met(figure),
            ])
            last = benchmark
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        return "\n" + ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n") + "\n"
    }

    /// `CPU at 16 cameras: 0.071 CPU-s a stream-minute (ffmpeg 0.19; ≤ 0.095: met)`
    static func line(_ figure: Figure) -> String {
        let against = [peer(figure), bar(figure) + (figure.isMet == nil ? "" : ": " + met(figure))].filter {
            !$0.isEmpty
        }
        return "\(figure.name): \(number(figure.value)) \(figure.unit)"
            + (against.isEmpty ? "" : " (\(against.joined(separator: "; ")))")
    }

    private static func peer(_ figure: Figure) -> String {
        figure.peer.map { "\($0.name) \(number($0.value))\($0.isOfThisRun ? "" : " (earlier)")" } ?? ""
    }

    private static func bar(_ figure: Figure) -> String {
        figure.bar.map { "\($0.demand.rawValue) \(number($0.value))" } ?? ""
    }

    private static func met(_ figure: Figure) -> String {
        figure.isMet.map { $0 ? "met" : "NOT MET" } ?? ""
    }

    /// Three digits that matter.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        if value == value.rounded() || abs(value) >= 1000 { return String(Int(value.rounded())) }
        let digits = max(0, 2 - Int(floor(log10(abs(value)))))
        return String(format: "%.\(min(6, digits))f", value)
    }
}
