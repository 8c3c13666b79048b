/// Who answers for a body at a time. (值班表)
///
/// There is always somebody: the one whose turn it is, else a substitute, else the body's lead.
public struct DutyRoster: Hashable, Sendable, Codable {
    public struct Turn: Hashable, Sendable, Codable {
        public var span: TimeSpan
        public var person: PersonID
        /// Asked in this order when the person is absent.
        public var substitutes: [PersonID]

        public init(_ span: TimeSpan, person: PersonID, substitutes: [PersonID] = []) {
            self.span = span
            self.person = person
            self.substitutes = substitutes
        }
    }

    public struct Absence: Hashable, Sendable, Codable {
        public var person: PersonID
        public var span: TimeSpan

        public init(_ person: PersonID, _ span: TimeSpan) {
            self.person = person
            self.span = span
        }
    }

    public var body: Body
    /// Who answers when nobody else does, even while absent: a notice never goes to nobody.
    public var lead: PersonID
    /// Where two overlap, the one that began later holds: an exchange is entered over the plan.
    public var turns: [Turn]
    public var absences: [Absence]

    public init(of body: Body, lead: PersonID, turns: [Turn] = [], absences: [Absence] = []) {
        self.body = body
        self.lead = lead
        self.turns = turns
        self.absences = absences
    }

    public func onDuty(at time: UTCTime) -> Duty {
        let turn = turns.filter { $0.span.contains(time) }.max { $0.span.start < $1.span.start }
        guard let turn else { return .lead(lead) }
        if !isAbsent(turn.person, at: time) { return .onTurn(turn.person) }
        if let substitute = turn.substitutes.first(where: { !isAbsent($0, at: time) }) {
            return .substitute(substitute, for: turn.person)
        }
        return .lead(lead)
    }

    private func isAbsent(_ person: PersonID, at time: UTCTime) -> Bool {
        absences.contains { $0.person == person && $0.span.contains(time) }
    }
}

/// Somebody on duty, and why it is them.
public enum Duty: Hashable, Sendable {
    case onTurn(PersonID)
    case substitute(PersonID, for: PersonID)
    case lead(PersonID)

    public var person: PersonID {
        switch self {
        case .onTurn(let person), .substitute(let person, for: _), .lead(let person): person
        }
    }
}
