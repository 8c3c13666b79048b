import Foundation

/// Right and wrong answers about one item in one set of pictures.
struct Score: Sendable {
    /// `noHat`, `noMask`, `person`, `head`, `phone`, `rodent`, `insect`.
    let item: String
    let set: String
    var truePositives = 0
    var falsePositives = 0
    var falseNegatives = 0
    /// Judged neither way: counted apart.
    var unknown = 0
    /// Heads that the detector did not find.
    var unfound = 0
    /// Whether what is found and not labelled may be counted as wrong.
    var hasPrecision = true
    var note = ""

    init(_ item: String, _ set: String, note: String = "") {
        self.item = item
        self.set = set
        self.note = note
    }

    mutating func add(_ other: Score) {
        truePositives += other.truePositives
        falsePositives += other.falsePositives
        falseNegatives += other.falseNegatives
        unknown += other.unknown
        unfound += other.unfound
        hasPrecision = hasPrecision && other.hasPrecision
    }

    var isEmpty: Bool { truePositives + falsePositives + falseNegatives + unknown + unfound == 0 }
}

/// A share with its 95 % interval.
struct Share: Sendable, Hashable {
    let value: Double
    let low: Double
    let high: Double

    /// Wilson's score interval (E. B. Wilson, JASA 22, 1927); nil of nothing.
    init?(_ hits: Int, of count: Int) {
        guard count > 0 else { return nil }
        let z = 1.959964
        let (n, p) = (Double(count), Double(hits) / Double(count))
        let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        let reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        value = p
        low = max(0, centre - reach)
        high = min(1, centre + reach)
    }

    var text: String { String(format: "%.3f [%.3f–%.3f]", value, low, high) }
}

extension Score {
    var precision: Share? { hasPrecision ? Share(truePositives, of: truePositives + falsePositives) : nil }
    /// Of what was there and was judged.
    var recall: Share? { Share(truePositives, of: truePositives + falseNegatives) }
}

/// The form of a model card's `measured`.
struct ScoreLine: Encodable {
    var item: String
    var set: String
    var n: Int
    var precision: Double?
    var precisionLow: Double?
    var precisionHigh: Double?
    var recall: Double?
    var recallLow: Double?
    var recallHigh: Double?
    var unknown: Int
    var unfound: Int
    var truePositives: Int
    var falsePositives: Int
    var falseNegatives: Int
    var note: String

    init(_ score: Score) {
        item = score.item
        set = score.set
        n = score.truePositives + score.falseNegatives
        (precision, precisionLow, precisionHigh) = (score.precision?.value, score.precision?.low, score.precision?.high)
        (recall, recallLow, recallHigh) = (score.recall?.value, score.recall?.low, score.recall?.high)
        unknown = score.unknown
        unfound = score.unfound
        (truePositives, falsePositives) = (score.truePositives, score.falsePositives)
        falseNegatives = score.falseNegatives
        note = score.note
    }
}
