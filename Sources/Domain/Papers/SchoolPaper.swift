/// A licence of a canteen or a certificate of somebody in it. (证照)
public struct SchoolPaper: Hashable, Sendable {
    public typealias Kind = ExpiryRule.Paper.Kind

    public let id: SchoolPaperID
    public var school: SchoolID
    public var kind: Kind
    /// 1…60 characters.
    public var number: String
    /// Whose it is: 1…50 characters; empty for a licence. Personal: not for the public, nor for whoever only compares schools.
    public var holder: String
    /// The last day on which it holds.
    public var validThrough: Day
    public var file: SchoolFileID?

    public static let longestNumber = 60
    public static let longestHolder = 50

    public init(
        id: SchoolPaperID, school: SchoolID, kind: Kind, number: String, holder: String = "", validThrough: Day,
        file: SchoolFileID? = nil
    ) {
        self.id = id
        self.school = school
        self.kind = kind
        self.number = number
        self.holder = holder
        self.validThrough = validThrough
        self.file = file
    }

    /// Below 0 = it has run out, so many days ago.
    public func daysLeft(on today: Day) -> Int { validThrough - today }

    /// As the early warning takes it; a person's paper is known by its last four signs only.
    public var fact: ExpiryRule.Paper {
        ExpiryRule.Paper(kind, number: kind.isPersonal ? "…" + number.suffix(4) : number, validThrough: validThrough)
    }
}

public typealias SchoolPaperID = Identifier<SchoolPaper>

extension ExpiryRule.Paper.Kind {
    /// It belongs to a person, with a name.
    public var isPersonal: Bool { self == .healthCertificate || self == .training }
}

/// How it stands with a paper.
public enum PaperState: String, Sendable, Hashable, CaseIterable, Codable {
    case expired
    /// Within the first step of the reminders.
    case expiring
    case valid

    public static let steps: Set<Int> = [60, 30, 7]

    public init(daysLeft: Int) {
        self = daysLeft < 0 ? .expired : daysLeft <= (Self.steps.max() ?? 0) ? .expiring : .valid
    }
}

/// How many papers of a kind a school has, and how many of them hold: what everybody may know.
public struct PaperCount: Hashable, Sendable {
    public var valid: Int
    public var total: Int

    public init(of kind: SchoolPaper.Kind, among papers: [SchoolPaper], on today: Day) {
        let own = papers.filter { $0.kind == kind }
        (valid, total) = (own.count { $0.daysLeft(on: today) >= 0 }, own.count)
    }

    public var isComplete: Bool { total > 0 && valid == total }
}
