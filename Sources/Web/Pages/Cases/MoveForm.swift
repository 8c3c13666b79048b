import Domain
import Supervision

/// A form by which somebody does something with a case: what exactly will happen, and what to fill in.
struct MoveForm: Sendable {
    struct Due: Sendable {
        let label: String
        let value: String
        let isNeeded: Bool
    }

    struct Text: Sendable {
        let label: String
        let value: String
        let isNeeded: Bool
        /// The county's words for this act, filled in.
        let phrases: [String]
        let hasPhrases: Bool
    }

    let move: String
    let title: String
    let icon: String
    let means: String
    let action: String
    let seen: String
    let isPrimary: Bool
    /// Shown without being asked for.
    let isOpen: Bool
    let isDanger: Bool
    let button: String
    let text: Text?
    let due: Due?
    let methods: [Choice]
    let offices: [Choice]
    let hasMethods: Bool
    let hasOffices: Bool
    let takesFiles: Bool
    let fault: String?

    /// - Parameter kept: What was typed and could not be done; nil = a fresh form.
    init(
        _ move: CaseMove, _ sheet: CaseSheet, isPrimary: Bool, isSchool: Bool, kept: Kept?, phrases: [String],
        wording: Wording
    ) {
        let words = wording.words
        let mine = kept?.move == move ? kept : nil
        self.move = move.rawValue
        title = words(move)
        icon = move.icon
        means = Self.means(move, sheet, isSchool: isSchool, wording)
        action = SiteURL.caseAct(.value(sheet.summary.id)).with([("move", move.rawValue)])
        seen = "\(sheet.current.version)"
        self.isPrimary = isPrimary
        isOpen = mine != nil
        isDanger = move == .withdraw
        button = words("move.\(move.rawValue).button")
        let needsText = move.needsText
        text =
            move.takesText
            ? Text(
                label: words("move.\(move.rawValue).text"), value: mine?.text ?? "", isNeeded: needsText,
                phrases: phrases, hasPhrases: !phrases.isEmpty) : nil
        due = move.dueLabel.map {
            Due(label: words($0), value: mine?.due ?? "", isNeeded: move == .askExtension || move == .extend)
        }
        methods =
            move.takesMethod
            ? Inspection.Method.allCases.map {
                Choice(value: $0.rawValue, label: words($0), isSelected: $0.rawValue == mine?.method)
            } : []
        offices = move == .transfer ? Self.offices(sheet, words) : []
        hasMethods = !methods.isEmpty
        hasOffices = !offices.isEmpty
        takesFiles = move.takesFiles
        fault = mine?.fault
    }

    /// What somebody typed that could not be done as things are.
    struct Kept: Sendable {
        let move: CaseMove
        let text: String
        let due: String
        let method: String
        let fault: String
    }

    private static func offices(_ sheet: CaseSheet, _ words: Words) -> [Choice] {
        let others = sheet.offices.values.filter { $0.id != sheet.current.office }.sorted { $0.name < $1.name }
        let county =
            sheet.current.office == nil
            ? [] : [Choice(value: "", label: words("body.marketRegulation"), isSelected: false)]
        return county
            + others.map {
                Choice(value: "\($0.id)", label: words("body.office", ["township": $0.name]), isSelected: false)
            }
    }

    /// Official acts say to whom they go before they happen.
    private static func means(_ move: CaseMove, _ sheet: CaseSheet, isSchool: Bool, _ wording: Wording) -> String {
        let words = wording.words
        if move == .acknowledge, !isSchool { return words("move.acknowledge.meansCopy") }
        guard move == .dispatch else { return words("move.\(move.rawValue).means") }
        let bodies: [Body] =
            (sheet.current.office == nil ? [] : [sheet.current.handler]) + [
                .educationBureau, .school(sheet.summary.school.id),
            ]
        let names = bodies.map { wording.body($0, schools: sheet.schools, offices: sheet.offices) }
        return words("move.dispatch.means", ["bodies": names.joined(separator: words("list.comma"))])
    }
}

extension CaseMove {
    var icon: String {
        switch self {
        case .dispatch, .urge: "file"
        case .acknowledge, .pass, .reinspectionPassed, .upholdAppeal, .extend: "ok"
        default: "cases"
        }
    }

    var takesText: Bool { self != .acknowledge }

    var needsText: Bool {
        switch self {
        case .dispatch, .acknowledge, .begin, .submit, .pass, .reinspectionPassed, .urge: false
        default: true
        }
    }

    var takesMethod: Bool {
        switch self {
        case .pass, .return, .reinspectionPassed, .reinspectionFailed: true
        default: false
        }
    }

    var takesFiles: Bool {
        switch self {
        case .submit, .pass, .return, .reinspectionPassed, .reinspectionFailed, .appeal, .comment: true
        default: false
        }
    }

    var dueLabel: String? {
        switch self {
        case .dispatch, .return, .reinspectionFailed: "field.dueInstead"
        case .submit: "field.appointment"
        case .askExtension, .extend: "field.until"
        default: nil
        }
    }

    /// What most people come for: one big button, the rest behind “more”.
    var isMain: Bool {
        switch self {
        case .dispatch, .acknowledge, .submit, .pass, .return, .reinspectionPassed, .reinspectionFailed,
            .upholdAppeal, .rejectAppeal:
            true
        default: false
        }
    }
}
