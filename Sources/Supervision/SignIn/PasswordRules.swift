import Domain

/// What a person may choose as a password. Length does more than signs and digits do (NIST SP 800-63B §3.1.1).
enum PasswordRules {
    static func check(_ password: Secret, account: String) throws {
        let text = password.reveal()
        guard text.count >= 10 else { throw SupervisionError.invalid(.password, .tooShort(minimum: 10)) }
        guard text.utf8.count <= 256 else { throw SupervisionError.invalid(.password, .tooLong(maximum: 256)) }
        let folded = text.lowercased()
        guard !folded.contains(account.lowercased()) || folded.count >= account.count + 10 else {
            throw SupervisionError.invalid(.password, .containsAccount)
        }
        guard !isSimple(folded) else { throw SupervisionError.invalid(.password, .tooSimple) }
    }

    private static func isSimple(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map(\.value)
        let steps = zip(scalars, scalars.dropFirst()).map { Int($1) - Int($0) }
        // All the same, or a run up or down: 1111111111, 1234567890, abcdefghij.
        let ordinary = steps.filter { $0 == steps.first }.count
        let isRun = (-1...1).contains(steps.first ?? 0) && ordinary >= steps.count - 1
        return isRun || Set(scalars).count <= 2 || triedFirst.contains(text)
    }

    /// Of ten characters and more, from the top of the lists of leaked passwords, Chinese ones among them.
    private static let triedFirst: Set<String> = [
        "password12", "password123", "password1234", "passw0rd123", "qwertyuiop", "qwerty12345", "qwerty123456",
        "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedcrfv", "asdfghjkl123", "zxcvbnm123", "a123456789",
        "a1234567890", "aa123456789", "abc123456789", "abcd123456", "q123456789", "123456789a", "123456789q",
        "woaini1314", "woaini520520", "5201314520", "1314520520", "123123123123", "1122334455", "147258369a",
        "1472583690", "administrator", "letmein123", "welcome123", "iloveyou123", "mingchu123", "mingchu2026",
    ]
}
