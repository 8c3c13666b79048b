import Domain
import Supervision

extension Words {
    func callAsFunction(_ kind: RegisterKind) -> String { self("register.\(kind.rawValue)") }

    /// What a field is called; `file` is the paper or picture.
    func field(_ name: String, of kind: RegisterKind) -> String { self("register.\(kind.rawValue).\(name)") }

    /// A value as people read it.
    func value(_ value: String?, of field: RegisterField, in kind: RegisterKind) -> String {
        guard let value else { return "" }
        if case .choice = field.kind { return self("register.\(kind.rawValue).\(field.name).\(value)") }
        return value
    }

    /// What is wrong with an entry as it was typed.
    func callAsFunction(_ fault: RegisterFault, of kind: RegisterKind) -> String {
        let flaw =
            switch fault.kind {
            case .missing: self("flaw.empty")
            case .tooLong(let most): self("flaw.tooLong", ["maximum": "\(most)"])
            case .forbiddenCharacter: self("flaw.forbiddenCharacter")
            case .notADay: self("flaw.notADate")
            case .noChoice: self("flaw.unknown")
            case .before(let other): self("register.before", ["other": field(other, of: kind)])
            }
        return self("flaw.sentence", ["field": field(fault.field, of: kind), "flaw": flaw])
    }
}

extension RegisterEntry {
    /// What an entry is called in lists.
    func name(_ school: School?, _ words: Words) -> String {
        switch kind {
        case .sites: school?.name ?? words(kind)
        case .staff: values["name"] ?? words(kind)
        case .assessments: values["title"] ?? words(kind)
        case .requests: values["asker"] ?? words(kind)
        }
    }
}

extension RegisterKind {
    /// Fields that stand in the list; the others are on the entry's own page and in files.
    var listed: [RegisterField] {
        let names: [String] =
            switch self {
            case .sites: ["place", "filingNumber", "filedOn", "signOn"]
            case .staff: ["job", "toldOn", "consentedOn", "withdrawnOn"]
            case .assessments: ["conclusion", "assessor", "doneOn"]
            case .requests: ["what", "receivedOn", "dueOn", "answeredOn"]
            }
        return names.compactMap { name in fields.first { $0.name == name } }
    }
}
