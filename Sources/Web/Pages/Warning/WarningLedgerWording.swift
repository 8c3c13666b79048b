import Domain
import FoundationEssentials

extension Wording {
    /// What an entry of early warning holds as JSON, in words; nil = shown as it is.
    /// - Parameter place: What the entry's place is called.
    func warningText(_ act: LedgerAct, _ name: String, _ text: String?, at place: String?) -> String? {
        guard let text else { return nil }
        func decoded<Value: Decodable>(_ type: Value.Type) -> Value? {
            try? JSONDecoder().decode(type, from: Data(text.utf8))
        }
        switch (act, name) {
        case (.warningGiven, "reason"): return decoded(WarningReason.self).map { sentence($0, at: place) }
        case (.warningGiven, "rule"): return WarningSubject(text).map { words($0) }
        case (.warningRuleChanged, "rule"): return decoded(WarningRule.self).map { sentence($0) }
        case (.warningEnded, "ending"):
            return decoded(WarningEnding.self).map { ending in
                switch ending {
                case .becameCase: words("warning.becameCase")
                case .settled(let note): words("warning.ending.settled", ["note": note])
                case .unfounded(let note): words("warning.ending.unfounded", ["note": note])
                }
            }
        default: return nil
        }
    }
}
