/// How many of how many, with how sure one can be: precision of an item, on a camera, in an hour. (比例与置信区间)
public struct Proportion: Hashable, Sendable {
    public enum Confidence: Sendable, Hashable, CaseIterable {
        case ninety
        case ninetyFive
        case ninetyNine

        /// Quantile of the standard normal distribution, both sides.
        var z: Double {
            switch self {
            case .ninety: 1.6448536269514722
            case .ninetyFive: 1.959963984540054
            case .ninetyNine: 2.5758293035489004
            }
        }
    }

    /// 0…`trials`.
    public var successes: Int
    public var trials: Int

    public init(_ successes: Int, of trials: Int) {
        precondition(0 <= successes && successes <= trials, "no more successes than trials")
        self.successes = successes
        self.trials = trials
    }

    /// Of the verdicts that say whether the program was right.
    public init(of verdicts: some Sequence<Verdict>) {
        let answers = verdicts.compactMap(\.isTrue)
        self.init(answers.count { $0 }, of: answers.count)
    }

    /// 0…1; nil without trials.
    public var value: Double? { trials == 0 ? nil : Double(successes) / Double(trials) }

    /// Wilson's interval (1927), which also holds for few trials and for all or none. 0…1 without trials.
    public func wilson(_ confidence: Confidence = .ninetyFive) -> ClosedRange<Double> {
        guard let value else { return 0...1 }
        return Self.wilson(share: value, of: Double(trials), confidence: confidence)
    }

    /// - Parameters:
    ///   - p: 0…1.
    ///   - n: Above 0; not whole where trials weigh differently.
    static func wilson(share p: Double, of n: Double, confidence: Confidence) -> ClosedRange<Double> {
        let z = confidence.z
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        // Rounding must not leave what a share can be, nor shut out the share that was seen.
        return min(p, max(0, middle - half))...max(p, min(1, middle + half))
    }

    public static func wilson(
        successes: Int, of trials: Int, confidence: Confidence = .ninetyFive
    ) -> ClosedRange<Double> {
        Proportion(successes, of: trials).wilson(confidence)
    }
}
