/// Among whom is drawn, fixed before anyone can know the outcome: schools to be inspected and who inspects them.
/// (双随机：随机抽取检查对象、随机选派检查人员)
public struct DrawPlan: Hashable, Sendable, Codable {
    public struct Candidate: Hashable, Sendable, Codable {
        public var school: SchoolID
        /// How many lots are in the urn for it: 1…100. All 1 = every school alike; more by risk.
        public var lots: Int

        public init(_ school: SchoolID, lots: Int = 1) {
            self.school = school
            self.lots = lots
        }
    }

    /// An inspector who must not inspect a school. (回避)
    public struct Conflict: Hashable, Sendable, Codable {
        public var inspector: PersonID
        public var school: SchoolID

        public init(_ inspector: PersonID, _ school: SchoolID) {
            self.inspector = inspector
            self.school = school
        }
    }

    /// One line, 1…200 characters: what the draw is for.
    public var title: String
    public var schools: [Candidate]
    public var inspectors: [PersonID]
    public var conflicts: Set<Conflict>
    /// How many schools are drawn: 1 … all.
    public var drawnSchools: Int
    /// How many inspect each of them: 1…10. The law asks for two at least (行政处罚法 Art. 42).
    public var inspectorsEach: Int

    public init(
        title: String, schools: [Candidate], inspectors: [PersonID], conflicts: Set<Conflict> = [], drawnSchools: Int,
        inspectorsEach: Int = 2
    ) {
        self.title = title
        self.schools = schools
        self.inspectors = inspectors
        self.conflicts = conflicts
        self.drawnSchools = drawnSchools
        self.inspectorsEach = inspectorsEach
    }

    /// Why nothing can be drawn. All is found before the draw: a draw that fails after it and is repeated is no draw.
    public enum Fault: Error, Hashable, Sendable {
        case title
        case lots(SchoolID)
        case schoolTwice(SchoolID)
        case inspectorTwice(PersonID)
        case tooFewSchools
        case inspectorsEach
        /// Too few have no conflict with it, whether it will be drawn or not.
        case tooFewInspectors(SchoolID)
        /// Of somebody who is not among the candidates.
        case unknownConflict(Conflict)
    }

    public func check() throws(Fault) {
        guard DrawText.isLine(title) else { throw .title }
        guard (1...10).contains(inspectorsEach) else { throw .inspectorsEach }
        guard (1...max(1, schools.count)).contains(drawnSchools), !schools.isEmpty else { throw .tooFewSchools }
        var known: (schools: Set<SchoolID>, inspectors: Set<PersonID>) = ([], [])
        for school in schools {
            guard (1...100).contains(school.lots) else { throw .lots(school.school) }
            guard known.schools.insert(school.school).inserted else { throw .schoolTwice(school.school) }
        }
        for inspector in inspectors {
            guard known.inspectors.insert(inspector).inserted else { throw .inspectorTwice(inspector) }
        }
        if let conflict = conflicts.sorted(by: DrawText.isBefore).first(where: {
            !known.schools.contains($0.school) || !known.inspectors.contains($0.inspector)
        }) {
            throw .unknownConflict(conflict)
        }
        let barred = Dictionary(grouping: conflicts, by: \.school).mapValues(\.count)
        for school in schools where inspectors.count - (barred[school.school] ?? 0) < inspectorsEach {
            throw .tooFewInspectors(school.school)
        }
    }

    /// The plan as text, UTF-8 with LF: what is hashed. The same plan, in whatever order its lists are, is the same text.
    public var text: String {
        var lines = [
            "mingchu draw 1", "title \(title)", "schools \(drawnSchools)", "inspectors-each \(inspectorsEach)",
        ]
        lines += schools.sorted { $0.school < $1.school }.map { "school \($0.school) \($0.lots)" }
        lines += inspectors.sorted().map { "inspector \($0)" }
        lines += conflicts.sorted(by: DrawText.isBefore).map { "conflict \($0.inspector) \($0.school)" }
        return lines.map { $0 + "\n" }.joined()
    }
}

enum DrawText {
    static func isBefore(_ a: DrawPlan.Conflict, _ b: DrawPlan.Conflict) -> Bool {
        (a.inspector, a.school) < (b.inspector, b.school)
    }

    /// Whether a text can stand at the end of a line: 1…200 characters, none that ends one.
    static func isLine(_ text: String) -> Bool {
        (1...200).contains(text.count) && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
