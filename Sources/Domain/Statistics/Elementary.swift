/// Logarithm and exponential out of additions, multiplications and divisions alone.
///
/// Domain imports nothing, and IEEE 754 rounds these operations alike everywhere: a warning that is computed anew on
/// another machine, years later, is the same to the last bit. A system's own `log` differs from one to the next.
extension Double {
    private static let ln2 = 0x1.62e42fefa39efp-1
    /// What ``ln2`` lacks of ln 2.
    private static let ln2Rest = 0x1.abc9e3b39803fp-56

    /// Natural logarithm; −∞ of 0, NaN below. Within 4 units in the last place.
    var logarithm: Double {
        guard self > 0 else { return self == 0 ? -.infinity : .nan }
        guard isFinite else { return self }
        var (power, part) = (Double(exponent), significand)
        if part > 1.4142135623730951 {
            part /= 2
            power += 1
        }
        // ln part = 2 artanh t, |t| < 0.172: each term is a thirtieth of the one before.
        let t = (part - 1) / (part + 1)
        let square = t * t
        var sum = 0.0
        for odd in stride(from: 23.0, through: 3, by: -2) { sum = (sum + 1 / odd) * square }
        return power * Self.ln2 + (2 * t * (1 + sum) + power * Self.ln2Rest)
    }

    /// e to this power; 0 below −745, ∞ above 710. Within 4 units in the last place where it is normal.
    var exponential: Double {
        guard self == self else { return .nan }
        if self < -745 { return 0 }
        if self > 710 { return .infinity }
        let power = (self / Self.ln2).rounded()
        let rest = (self - power * Self.ln2) - power * Self.ln2Rest
        var sum = 1.0
        for term in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * rest / term }
        // In two steps: the power itself may lie below the smallest normal number.
        let half = (power / 2).rounded(.down)
        return sum * Self(sign: .plus, exponent: Int(half), significand: 1)
            * Self(sign: .plus, exponent: Int(power - half), significand: 1)
    }
}
