/// Which viewings are asked for; nil = all.
public struct ViewingFilter: Hashable, Sendable {
    public var person: PersonID?
    public var school: SchoolID?
    /// When the viewing was entered.
    public var span: TimeSpan?

    public init(person: PersonID? = nil, school: SchoolID? = nil, span: TimeSpan? = nil) {
        self.person = person
        self.school = school
        self.span = span
    }
}
