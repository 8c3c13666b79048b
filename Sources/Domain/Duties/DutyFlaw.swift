/// Why a record can't be taken as it is.
public struct DutyFlaw: Error, Hashable, Sendable {
    /// The raw value is the name of the field in forms and words.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case finding = "dutyFinding"
        case remedy = "dutyRemedy"
        case checks = "dutyChecks"
        case staff = "dutyStaff"
        case symptom = "dutySymptom"
        case temperature = "dutyTemperature"
        case companion = "dutyCompanion"
        case eaters = "dutyEaters"
        case remark = "dutyRemark"
        case dish = "dutyDish"
        case weight = "dutyWeight"
        case taken = "dutyTaken"
        case keptUntil = "dutyKeptUntil"
        case disposed = "dutyDisposed"
        case minutes = "dutyMinutes"
        case strength = "dutyStrength"
        case items = "dutyItems"
        case attendees = "dutyAttendees"
        case agenda = "dutyAgenda"
        case decisions = "dutyDecisions"
    }

    public enum Kind: Hashable, Sendable {
        case empty
        case tooLong(maximum: Int)
        case outOfRange(minimum: Int, maximum: Int)
        /// A moment that can't be: before what it follows, or in the future.
        case implausible
        /// The same thing twice.
        case twice
    }

    public var field: Field
    public var kind: Kind

    public init(_ field: Field, _ kind: Kind) {
        self.field = field
        self.kind = kind
    }
}

/// What a text or a number of a record may be.
enum DutyCheck {
    static func text(
        _ text: String, _ field: DutyFlaw.Field, most: Int, mayBeEmpty: Bool = false
    ) throws(DutyFlaw) {
        guard mayBeEmpty || !text.isEmpty else { throw DutyFlaw(field, .empty) }
        guard text.unicodeScalars.count <= most else { throw DutyFlaw(field, .tooLong(maximum: most)) }
    }

    static func range(_ value: Int, _ field: DutyFlaw.Field, _ range: ClosedRange<Int>) throws(DutyFlaw) {
        guard range.contains(value) else {
            throw DutyFlaw(field, .outOfRange(minimum: range.lowerBound, maximum: range.upperBound))
        }
    }
}
