/// One thing that a register keeps of an entry. (登记项)
public struct RegisterField: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// One line, with the most characters.
        case text(Int)
        case longText(Int)
        case day
        /// One of these, or none.
        case choice([String])
    }

    /// As records, files and forms name it: never changes.
    public let name: String
    public let kind: Kind
    /// Without it there is no entry.
    public let isRequired: Bool
    /// Without it the entry is shown as incomplete.
    public let isExpected: Bool

    public init(_ name: String, _ kind: Kind, isRequired: Bool = false, isExpected: Bool = false) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.isExpected = isExpected || isRequired
    }

    /// - Returns: What is kept; nil = nothing was typed.
    /// - Throws: for what can't be kept.
    public func checked(_ typed: String) throws(RegisterFault) -> String? {
        let text = typed.trimmingBlanks()
        guard !text.isEmpty else { return nil }
        switch kind {
        case .text(let most), .longText(let most):
            let isLong = if case .longText = kind { true } else { false }
            let isForbidden = text.unicodeScalars.contains {
                $0.properties.generalCategory == .control && !(isLong && ($0 == "\n" || $0 == "\t" || $0 == "\r"))
            }
            guard !isForbidden else { throw RegisterFault(field: name, kind: .forbiddenCharacter) }
            guard text.count <= most else { throw RegisterFault(field: name, kind: .tooLong(most)) }
        case .day: guard Day(text) != nil else { throw RegisterFault(field: name, kind: .notADay) }
        case .choice(let choices):
            guard choices.contains(text) else { throw RegisterFault(field: name, kind: .noChoice) }
        }
        return text
    }
}

/// Why an entry can't be kept as it was typed.
public struct RegisterFault: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case missing
        case tooLong(Int)
        case forbiddenCharacter
        case notADay
        case noChoice
        /// A day that must not lie before another of the entry.
        case before(String)
    }

    public var field: String
    public var kind: Kind

    public init(field: String, kind: Kind) {
        self.field = field
        self.kind = kind
    }
}
