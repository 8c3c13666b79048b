/// A page of the statistics: each answers one question.
enum InsightView: String, Sendable, CaseIterable {
    /// How many, from the pictures to the closed case, and is it getting better?
    case overview
    /// When does it happen?
    case hours
    /// At which schools, and again and again at which?
    case schools
    /// How long does it take, and who does it?
    case steps
    /// Could the cameras watch?
    case cameras
}
