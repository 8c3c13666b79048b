import Domain
import Supervision

/// What is told somebody whose form was made from rules that another person has changed since. Nothing is kept; the form
/// holds what was typed, and is then one made from what is kept now.
struct StaleSave: Sendable {
    let said: String
    /// `what: kept → typed`
    let differences: [String]
    let hasDifferences: Bool

    /// - Parameter revision: Whose change came first.
    init(_ revision: Revision, differences: [String], wording: Wording) {
        let words = wording.words
        let who =
            revision.person?.name
            ?? (revision.actor == .console ? words("actor.console") : words("actor.node"))
        said = words(
            "stale.said", ["who": who, "time": revision.time.map { wording.exact($0) } ?? "–"])
        self.differences = differences
        hasDifferences = !differences.isEmpty
    }
}

extension FormFields {
    /// What the form was made from; a form without it was made from nothing.
    var revision: Int64 { text("seen").flatMap { Int64($0) } ?? 0 }
}
