import Foundation
import TestSupport

/// Random numbers of the distributions that simulated counts are made of.
extension SeededGenerator {
    mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    /// Box and Muller (1958).
    mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }

    mutating func logNormal(median: Double, deviation: Double) -> Double { median * exp(deviation * normal()) }

    /// Marsaglia and Tsang (2000), A Simple Method for Generating Gamma Variables.
    mutating func gamma(shape: Double) -> Double {
        if shape < 1 { return gamma(shape: shape + 1) * pow(uniform(), 1 / shape) }
        let d = shape - 1 / 3.0
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let v = pow(1 + c * x, 3)
            if v > 0, log(uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
        }
    }

    /// By waiting times, in pieces whose product does not vanish.
    mutating func poisson(_ mean: Double) -> Int {
        var (count, left) = (0, mean)
        while left > 0 {
            let piece = min(left, 30)
            left -= piece
            let least = exp(-piece)
            var product = uniform()
            while product > least {
                count += 1
                product *= uniform()
            }
        }
        return count
    }

    mutating func negativeBinomial(mean: Double, overdispersion: Double) -> Int {
        poisson(mean * gamma(shape: 1 / overdispersion) * overdispersion)
    }
}
