/// What a county reports of a year's activities: open days with so many parents, joint inspections with so many deputies,
/// media and parents. (年度统计)
///
/// An activity counts in the year of the territory in which it began, once it is over and was not cancelled; people count
/// when somebody saw them come.
public struct ActivityCounts: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public var activities = 0
        public var came = HeadCount.none
        public var findings = 0
        /// Of the findings: put right at once, or with a case that is closed.
        public var settled = 0
        /// Sum and number of stars.
        public var stars = 0
        public var voices = 0

        public init() {}

        public var meanStars: Double? { voices == 0 ? nil : Double(stars) / Double(voices) }

        public static func += (a: inout Line, b: Line) {
            a.activities += b.activities
            a.came += b.came
            a.findings += b.findings
            a.settled += b.settled
            a.stars += b.stars
            a.voices += b.voices
        }
    }

    public var year: Int
    public private(set) var lines: [Activity.Kind: Line]

    public init(_ year: Int) {
        self.year = year
        lines = [:]
    }

    public subscript(kind: Activity.Kind) -> Line { lines[kind] ?? Line() }

    public var total: Line { lines.values.reduce(into: Line()) { $0 += $1 } }

    public mutating func add(_ line: Line, of kind: Activity.Kind) { lines[kind, default: Line()] += line }
}
