/// Which scene is shown when. (场景排期)
public struct HallPlan: Hashable, Sendable, Codable {
    /// A scene at a time of certain days; of several that fit, the first one holds.
    public struct Turn: Hashable, Sendable, Codable {
        public var scene: HallSceneID
        /// 1 = Monday … 7 = Sunday.
        public var weekdays: Set<Int>
        /// Of the day, 0…1439.
        public var startMinute: Int
        /// Of the day, 1…1440, after the start.
        public var endMinute: Int

        public init(_ scene: HallSceneID, weekdays: Set<Int>, startMinute: Int, endMinute: Int) {
            self.scene = scene
            self.weekdays = weekdays
            self.startMinute = startMinute
            self.endMinute = endMinute
        }

        public var isValid: Bool {
            !weekdays.isEmpty && weekdays.isSubset(of: Set(1...7)) && (0..<1440).contains(startMinute)
                && (1...1440).contains(endMinute) && startMinute < endMinute
        }
    }

    /// Visitors are in the hall, until somebody says that they have gone. (来访)
    public struct Visit: Hashable, Sendable, Codable {
        public var since: UTCTime

        public init(since: UTCTime) { self.since = since }
    }

    public enum Flaw: Hashable, Sendable {
        case tooManyTurns
        /// By its place in the list.
        case badTurn(Int)
        case unknownScene(Int)
        case unknownStandard
        /// What visitors are shown must be a scene for visitors.
        case notForVisitors
    }

    /// What is shown when no turn fits.
    public var standard: HallSceneID
    /// What is shown while visitors are there.
    public var visitors: HallSceneID
    public var turns: [Turn]
    /// nil = nobody is visiting.
    public var visit: Visit?

    public static let mostTurns = 20

    public init(
        standard: HallSceneID = HallScene.overview.id, visitors: HallSceneID = HallScene.visitors.id,
        turns: [Turn] = [], visit: Visit? = nil
    ) {
        self.standard = standard
        self.visitors = visitors
        self.turns = turns
        self.visit = visit
    }

    public func scene(at time: UTCTime, in zone: TerritoryZone) -> HallSceneID {
        if visit != nil { return visitors }
        let day = Day(of: time, in: zone)
        let minute = Int((time - day.time(minute: 0, in: zone)).components.seconds / 60)
        let turn = turns.first {
            $0.weekdays.contains(day.weekday) && $0.startMinute <= minute && minute < $0.endMinute
        }
        return turn?.scene ?? standard
    }

    public func flaws(_ scenes: [HallScene]) -> [Flaw] {
        guard turns.count <= Self.mostTurns else { return [.tooManyTurns] }
        let known = Dictionary(scenes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var flaws: [Flaw] = []
        for (index, turn) in turns.enumerated() {
            if !turn.isValid { flaws.append(.badTurn(index)) }
            if known[turn.scene] == nil { flaws.append(.unknownScene(index)) }
        }
        if known[standard] == nil { flaws.append(.unknownStandard) }
        if known[visitors]?.audience != .visitors { flaws.append(.notForVisitors) }
        return flaws
    }

    /// Whether it would show that scene at any time: it can't be taken away then.
    public func names(_ scene: HallSceneID) -> Bool {
        standard == scene || visitors == scene || turns.contains { $0.scene == scene }
    }
}
