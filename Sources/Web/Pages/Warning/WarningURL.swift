import Domain

/// The addresses of early warning, below `/warnings`.
enum WarningURL: Sendable {
    case list
    case file(TableExport.Format)
    case page(Slot<WarningID>)
    case end(Slot<WarningID>)
    case openCase(Slot<WarningID>)
    case rules
    /// What a rule would have done, before it is set.
    case trial
    case off(Slot<WarningSubject>)

    var path: String {
        switch self {
        case .list: ""
        case .file(let format): ".\(format.rawValue)"
        case .page(let warning): "/\(warning.text("warning"))"
        case .end(let warning): "/\(warning.text("warning"))/end"
        case .openCase(let warning): "/\(warning.text("warning"))/case"
        case .rules: "/rules"
        case .trial: "/rules/trial"
        case .off(let rule): "/rules/\(rule.text("rule"))/off"
        }
    }
}
