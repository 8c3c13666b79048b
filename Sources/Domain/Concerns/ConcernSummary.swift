/// A concern as a list shows it.
public struct ConcernSummary: Hashable, Sendable {
    public var id: ConcernID
    public var school: School
    public var state: Concern.State
    public var receivedAt: UTCTime
    /// nil = no answer is waited for.
    public var due: UTCTime?
    public var answeredAt: UTCTime?
    public var endedAt: UTCTime?
    public var caseID: CaseID?
    public var takenBy: PersonID?
    public var text: String
    public var photoCount: Int

    public init(
        id: ConcernID, school: School, state: Concern.State, receivedAt: UTCTime, due: UTCTime?, answeredAt: UTCTime?,
        endedAt: UTCTime?, caseID: CaseID?, takenBy: PersonID?, text: String, photoCount: Int
    ) {
        self.id = id
        self.school = school
        self.state = state
        self.receivedAt = receivedAt
        self.due = due
        self.answeredAt = answeredAt
        self.endedAt = endedAt
        self.caseID = caseID
        self.takenBy = takenBy
        self.text = text
        self.photoCount = photoCount
    }

    public func isOverdue(at time: UTCTime) -> Bool { due.map { $0 < time } ?? false }
}
