/// How good a canteen was found, from A to D. (检查等级)
public enum InspectionGrade: String, Hashable, Sendable, CaseIterable, Codable, Comparable {
    case a = "A"
    case b = "B"
    case c = "C"
    case d = "D"

    /// A is less than D.
    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// What a report comes to: points for what failed, and the grade from them. (检查结论)
public struct InspectionResult: Hashable, Sendable, Codable {
    public struct Failure: Hashable, Sendable, Codable {
        public var item: String
        public var extent: Int
        public var points: Int
    }

    /// Severity × extent of each failed item, added up: 0 is the best.
    public let points: Int
    public let grade: InspectionGrade
    /// The most points first.
    public let failures: [Failure]
    public let conforming: Int
    public let notApplicable: Int

    /// From this extent on a serious item keeps the whole from being better than C, however well the rest is.
    public static let heavyExtent = 3

    /// - Parameter revoked: Items whose failing a decision has taken back.
    public init(_ report: InspectionReport, by template: InspectionTemplate, revoked: Set<String> = []) {
        var (failures, isHeavy): ([Failure], Bool) = ([], false)
        var (conforming, notApplicable) = (0, 0)
        for item in template.items {
            guard let answer = report[item.code] else { continue }
            switch answer.outcome {
            case .notApplicable: notApplicable += 1
            case .fails(let extent) where !revoked.contains(item.code):
                failures.append(
                    Failure(item: item.code, extent: extent, points: item.severity.points * extent))
                if item.severity == .serious, extent >= Self.heavyExtent { isHeavy = true }
            case .fails, .conforms: conforming += 1
            }
        }
        let points = failures.reduce(0) { $0 + $1.points }
        let byPoints = template.scale.grade(points)
        self.points = points
        grade = isHeavy ? max(byPoints, .c) : byPoints
        self.failures = failures.enumerated()
            .sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }.map(\.element)
        self.conforming = conforming
        self.notApplicable = notApplicable
    }
}

extension InspectionTemplate.Scale {
    public func grade(_ points: Int) -> InspectionGrade {
        points <= a ? .a : points <= b ? .b : points <= c ? .c : .d
    }
}

/// Whether a grade can be told to others.
public enum GradeStanding: Hashable, Sendable {
    /// The school may still say that it is wrong, until then.
    case provisional(until: UTCTime)
    /// The school has said so; nobody has decided yet. (异议处理中)
    case underReview
    case final
}

/// A school's grade from one inspection. (学校检查等级)
public struct SchoolGrade: Hashable, Sendable {
    public var inspection: SpotInspectionID
    public var day: Day
    public var grade: InspectionGrade
    public var points: Int
    public var standing: GradeStanding

    public init(
        inspection: SpotInspectionID, day: Day, grade: InspectionGrade, points: Int, standing: GradeStanding
    ) {
        self.inspection = inspection
        self.day = day
        self.grade = grade
        self.points = points
        self.standing = standing
    }
}
