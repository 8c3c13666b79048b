import Domain
import Supervision

/// 漏报估计: in how many analysed frames people see what no capture tells of.
struct MissTable: Sendable {
    struct Row: Sendable {
        let name: String
        /// nil = of any item.
        let icon: String?
        let seen: String
        let judged: String
        let unclear: String
        let share: String
        /// From … to, in words; nil = too few answers for that.
        let bar: Bar?
    }

    struct Bar: Sendable {
        let interval: String
        /// In per cent of the bar's width.
        let low: String
        let width: String
        let at: String
    }

    let rows: [Row]
    let hasAnswers: Bool
    /// How many of the decoys were recognised; nil = nobody has been shown one.
    let decoys: String?
    /// Where pictures can be looked at; nil = not by the reader.
    let address: String?

    init(_ misses: Misses, isReviewer: Bool, _ wording: Wording) {
        let words = wording.words
        hasAnswers = misses.any.counted.trials + misses.any.unclear > 0
        rows =
            [Self.row(words("sample.any"), nil, misses.any, wording)]
            + FrameAnswer.items.compactMap { item in
                misses.items[item].map { Self.row(words(item), item, $0, wording) }
            }
        decoys =
            misses.recognized.trials == 0
            ? nil
            : words(
                "sample.recognized",
                [
                    "seen": wording.count(misses.recognized.successes),
                    "count": wording.count(misses.recognized.trials),
                ])
        address = isReviewer ? SiteURL.sample.path : nil
    }

    private static func row(
        _ name: String, _ item: CaptureItem?, _ estimate: MissEstimate, _ wording: Wording
    ) -> Row {
        let interval = estimate.wilson()
        func number(_ share: Double) -> String { "\((share * 1000).rounded() / 10)" }
        return Row(
            name: name, icon: item?.rawValue, seen: wording.count(estimate.counted.successes),
            judged: wording.count(estimate.counted.trials), unclear: wording.count(estimate.unclear),
            share: estimate.isEnough ? estimate.share.map(PrecisionPage.finePercent) ?? "–" : "–",
            bar: estimate.isEnough
                ? Bar(
                    interval:
                        "\(PrecisionPage.finePercent(interval.lowerBound)) – \(PrecisionPage.finePercent(interval.upperBound))",
                    low: number(interval.lowerBound), width: number(interval.upperBound - interval.lowerBound),
                    at: number(estimate.share ?? 0)) : nil)
    }
}
