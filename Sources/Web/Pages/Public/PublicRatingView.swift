import Domain
import Supervision

/// A school's rating on its public page: the letter, why, and how it was month by month.
struct PublicRatingView: Sendable {
    struct Month: Sendable {
        let label: String
        let letter: String
        let style: String
    }

    struct Deduction: Sendable {
        let what: String
        let day: String
        let points: String
    }

    /// nil = not rated yet.
    let letter: String?
    let style: String
    let word: String
    let points: String
    let isUnderReview: Bool
    let months: [Month]
    let hasMonths: Bool
    let rule: String
    let deductions: [Deduction]
    let hasDeductions: Bool

    init(_ rating: PublicBoard.Rating, _ wording: Wording) {
        let words = wording.words
        letter = rating.now?.letter.rawValue
        style = rating.now?.letter.style ?? ""
        word = rating.now.map { words("rating.word.\($0.letter.rawValue)") } ?? ""
        points = words("rating.points", ["points": "\(rating.now?.points ?? 0)"])
        isUnderReview = rating.isUnderReview
        months = rating.months.map {
            Month(label: "\($0.month)", letter: $0.letter.rawValue, style: $0.letter.style)
        }
        hasMonths = months.count > 1
        let held = rating.rule
        rule = words(
            "rating.rule",
            [
                "one": "\(held.onePoints)", "two": "\(held.twoPoints)", "three": "\(held.threePoints)",
                "again": "\(held.reopenedPoints)", "item": "\(held.failedItemPoints)", "a": "\(held.leastA)",
                "b": "\(held.leastB)",
            ])
        deductions = (rating.now?.deductions ?? []).map { deduction in
            let what: String =
                switch deduction.event.kind {
                case .caseClosed(.item(let item), let grade, _): "\(words(item)) · \(words(grade))"
                // As a supervisor named it: it may name people.
                case .caseClosed(.other, let grade, _): "\(words("public.otherMatter")) · \(words(grade))"
                case .inspection(let items): words("rating.inspection", ["count": wording.count(items)])
                }
            return Deduction(
                what: what, day: "\(deduction.event.day)",
                points: words("rating.deducted", ["points": "\(deduction.points)"]))
        }
        hasDeductions = !deductions.isEmpty
    }
}

extension SchoolRating.Letter {
    fileprivate var style: String {
        switch self {
        case .a: "rated-a"
        case .b: "rated-b"
        case .c: "rated-c"
        }
    }
}
