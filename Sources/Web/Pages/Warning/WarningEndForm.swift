import Domain
import Supervision

/// How somebody says that a warning ended.
struct WarningEndForm: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case settled
        case unfounded
        case becameCase
    }

    var kind: Kind?
    var note = ""
    var caseID = ""
    var fault: String?
    /// Of a case to be opened; nil = as the warning suggests.
    var opening: FormFields?

    init() {}

    /// A case that could not be opened.
    init(opening: FormFields, fault: String) {
        self.opening = opening
        self.fault = fault
    }

    init(_ fields: FormFields) {
        kind = fields.text("ending").flatMap(Kind.init(rawValue:))
        note = fields.text("note") ?? ""
        caseID = fields.text("case") ?? ""
    }

    func ending() throws -> WarningEnding {
        switch kind {
        case nil: throw WebError.badRequest("choice")
        case .settled?: .settled(note: note)
        case .unfounded?: .unfounded(note: note)
        case .becameCase?:
            .becameCase(
                try CaseID(caseID) ?? { throw SupervisionError.invalid(.caseNumber, .empty) }())
        }
    }
}
