import Domain
import Supervision

/// The county's words for the acts of one case, filled in. (常用语)
struct Phrases: Sendable {
    private let filled: [CaseMove: [String]]

    static let none = Phrases(filled: [:])

    private init(filled: [CaseMove: [String]]) { self.filled = filled }

    init(_ templates: [TextTemplate], for sheet: CaseSheet, _ wording: Wording) {
        let words = wording.words
        var values: [TextTemplate.Placeholder: String] = [
            .school: sheet.summary.school.name, .matter: words(sheet.summary.matter),
            .grade: words(sheet.current.grade), .number: "\(sheet.summary.number)",
            .date: wording.zone.civil(wording.now).date,
        ]
        if let due = sheet.clocks.last(where: { $0.kind == .rectify })?.due {
            values[.deadline] = wording.exactMinute(due)
        }
        filled = Dictionary(grouping: templates, by: \.move).mapValues { $0.map { $0.filled(with: values) } }
    }

    subscript(move: CaseMove) -> [String] { filled[move] ?? [] }
}
