import Domain

/// What may stand in a name of a person, school, area or camera.
enum Names {
    /// Without blanks at its ends; 1…100 characters, none of them a control character.
    static func checked(_ typed: String, _ field: SupervisionError.Field, mayBeEmpty: Bool = false) throws -> String {
        let name = trimmed(typed)
        guard mayBeEmpty || !name.isEmpty else { throw SupervisionError.invalid(field, .empty) }
        // Counted as the database counts: code points.
        guard name.unicodeScalars.count <= 100 else { throw SupervisionError.invalid(field, .tooLong(maximum: 100)) }
        guard !hasControlCharacter(name) else { throw SupervisionError.invalid(field, .forbiddenCharacter) }
        return name
    }

    /// Letters and digits of any script and `._-@`: nothing that looks the same and is another.
    static func checkedAccount(_ typed: String) throws -> String {
        let account = trimmed(typed)
        guard !account.isEmpty else { throw SupervisionError.invalid(.account, .empty) }
        guard account.unicodeScalars.count >= 2 else { throw SupervisionError.invalid(.account, .tooShort(minimum: 2)) }
        guard account.unicodeScalars.count <= 64 else {
            throw SupervisionError.invalid(.account, .tooLong(maximum: 64))
        }
        guard account.unicodeScalars.allSatisfy(mayStandInAccount) else {
            throw SupervisionError.invalid(.account, .forbiddenCharacter)
        }
        return account
    }

    static func hasControlCharacter(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    private static func mayStandInAccount(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .otherLetter, .decimalNumber: true
        default: "._-@".unicodeScalars.contains(scalar)
        }
    }
}
