/// Somebody has looked at a school's kitchens and says so. (巡查记录)
public struct PatrolLook: Hashable, Sendable {
    public var id: PatrolLookID
    public var school: SchoolID
    public var by: PersonID
    public var time: UTCTime
    /// 0…500 characters; empty = nothing was found.
    public var note: String

    public static let longestNote = 500

    public init(id: PatrolLookID, school: SchoolID, by person: PersonID, time: UTCTime, note: String) {
        self.id = id
        self.school = school
        by = person
        self.time = time
        self.note = note
    }
}

public typealias PatrolLookID = Identifier<PatrolLook>
