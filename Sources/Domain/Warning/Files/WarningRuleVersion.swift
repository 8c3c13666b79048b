/// A rule as it holds, or held, from a moment on. (预警规则版本)
public struct WarningRuleVersion: Hashable, Sendable {
    public var subject: WarningSubject
    /// 1, and one more with each change.
    public var number: Int
    /// nil = switched off.
    public var rule: WarningRule?
    public var from: UTCTime
    /// nil for the machine's own command line.
    public var by: PersonID?
    /// What was shown and confirmed; nil when it was switched off.
    public var trial: TrialSummary?

    public init(
        _ subject: WarningSubject, number: Int, rule: WarningRule?, from: UTCTime, by: PersonID?, trial: TrialSummary?
    ) {
        self.subject = subject
        self.number = number
        self.rule = rule
        self.from = from
        self.by = by
        self.trial = trial
    }

    /// What a person saw before they switched a rule on.
    public struct TrialSummary: Hashable, Sendable, Codable {
        /// The history that it was tried on; nil = there was none.
        public var days: DaySpan?
        public var hits: Int
        /// School days × places.
        public var watchedDays: Int
        /// Thousandths: the ledger holds no fractions. nil = the rule claims none.
        public var expectedFalseThousandths: Int?

        public init(days: DaySpan?, hits: Int, watchedDays: Int, expectedFalseThousandths: Int?) {
            self.days = days
            self.hits = hits
            self.watchedDays = watchedDays
            self.expectedFalseThousandths = expectedFalseThousandths
        }

        public init(_ test: BackTest, days: DaySpan?) {
            self.init(
                days: days, hits: test.hits.count, watchedDays: test.watchedDays,
                expectedFalseThousandths: test.expectedFalse.map { Int(($0 * 1000).rounded()) })
        }
    }
}
