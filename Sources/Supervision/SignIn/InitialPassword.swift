import Domain

/// A password to hand over on paper or by telephone: three groups of five characters, 74 bits.
enum InitialPassword {
    static func make() -> Secret {
        var random = SystemRandomNumberGenerator()
        return make(using: &random)
    }

    static func make(using random: inout some RandomNumberGenerator) -> Secret {
        // Without 0 and o, 1, i and l.
        let characters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        let groups = (0..<3).map { _ in String((0..<5).map { _ in characters.randomElement(using: &random)! }) }
        return Secret(groups.joined(separator: "-"))
    }
}
