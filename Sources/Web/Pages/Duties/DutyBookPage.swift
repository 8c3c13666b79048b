import Domain
import Supervision

/// A school's record of a span, to be read and printed.
struct DutyBookPage: Page {
    struct Line: Sendable {
        let name: String
        let address: String
        let state: String
        let style: String
        let entered: String?
        let lines: [String]
    }

    struct Date: Sendable {
        let date: String
        let lines: [Line]
    }

    static let template = "duty-book"
    let school: String
    let isOwn: Bool
    let from: String
    let to: String
    let summary: String
    let days: [Date]
    let hasDays: Bool
    let papersAddress: String
    let menuAddress: String
    let printed: String

    init(_ book: DutyBook, isOwn: Bool, _ wording: Wording) {
        let words = wording.words
        let id = book.school.id
        school = book.school.name
        self.isOwn = isOwn
        from = "\(book.days.first)"
        to = "\(book.days.last)"
        let count = DutyCount(book.standings)
        summary = words(
            "dutyBook.summary",
            [
                "done": wording.count(count.done), "late": wording.count(count.late),
                "missed": wording.count(count.missed),
            ])
        let byDay = Dictionary(grouping: book.standings, by: \.due.day)
        days = byDay.keys.sorted(by: >).map { day in
            Date(
                date: wording.date(day),
                lines: (byDay[day] ?? []).map { standing in
                    let entry = book.entries[standing.slot]
                    return Line(
                        name: words(standing.slot), address: standing.slot.address(at: id),
                        state: wording.state(standing), style: standing.shown.rawValue,
                        entered: entry.map {
                            words(
                                "dutyBook.entered",
                                [
                                    "who": book.people[$0.by] ?? words("actor.gone"),
                                    "time": wording.exactMinute($0.time),
                                ])
                        }, lines: entry.map { wording.lines($0.record) } ?? [])
                })
        }
        hasDays = !days.isEmpty
        papersAddress = SiteURL.duty(.schoolPapers(.value(id))).path
        menuAddress = SiteURL.duty(.menu(.value(id))).path
        printed = words("dutyBook.printed", ["time": wording.exactMinute(wording.now)])
    }
}
