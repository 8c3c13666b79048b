/// A draw that anybody can do again from its record: docs/how-to/recompute-a-draw.md says how, in 20 lines.
///
/// Commit and reveal: first the plan's hash and ``commitment(_:)`` enter the ledger, then a witness says something that
/// nobody could know (a lottery's numbers, three dice), then the secret is shown. The seed is the hash of all three: who
/// knows the secret can't choose the witness's word, and who says the word doesn't know the secret.
public struct Draw: Hashable, Sendable, Codable {
    /// SHA-256 of bytes: Domain has none of its own.
    public typealias SHA256 = ([UInt8]) -> [UInt8]

    public let plan: DrawPlan
    /// 32 random bytes, made when the plan is fixed, shown when the draw is made.
    public let secret: [UInt8]
    /// One line, 1…200 characters, said after the commitment was published.
    public let witness: String

    public enum Fault: Error, Hashable, Sendable {
        case plan(DrawPlan.Fault)
        /// Not 32 bytes.
        case secret
        case witness
    }

    public init(_ plan: DrawPlan, secret: [UInt8], witness: String) throws(Fault) {
        do throws(DrawPlan.Fault) { try plan.check() } catch { throw .plan(error) }
        guard secret.count == 32 else { throw .secret }
        guard DrawText.isLine(witness) else { throw .witness }
        self.plan = plan
        self.secret = secret
        self.witness = witness
    }

    /// All that the outcome follows from, as text: the seed is its SHA-256.
    public var record: String { plan.text + "secret \(DrawText.hex(secret))\nwitness \(witness)\n" }

    /// SHA-256 of the secret's 64 hexadecimal digits, in hexadecimal: published with the plan.
    public static func commitment(to secret: [UInt8], _ sha256: SHA256) -> String {
        digest(DrawText.hex(secret), sha256)
    }

    public struct Visit: Hashable, Sendable, Codable {
        public var school: SchoolID
        /// In the order of the draw.
        public var inspectors: [PersonID]
    }

    public struct Outcome: Hashable, Sendable, Codable {
        public var commitment: String
        /// 64 hexadecimal digits.
        public var seed: String
        /// In the order of the draw.
        public var visits: [Visit]

        /// As the script prints it.
        public var text: String {
            (["commitment \(commitment)", "seed \(seed)"]
                + visits.map {
                    "school \($0.school) inspectors \($0.inspectors.map(\.description).joined(separator: " "))"
                })
                .map { $0 + "\n" }.joined()
        }
    }

    /// Lots are drawn from an urn without putting them back: each has a hash, and the lowest come first. A school stands
    /// where its first lot does, so it is drawn first with the chance lots / all lots, and so on among those left.
    /// Each school gets those inspectors without conflict who have the fewest visits, and of them those that are drawn.
    public func outcome(_ sha256: SHA256) -> Outcome {
        let seed = Self.digest(record, sha256)
        let order = plan.schools.map { candidate in
            let lots = (1...candidate.lots).map { Self.digest("\(seed) school \(candidate.school) \($0)", sha256) }
            return (first: lots.min() ?? "", school: candidate.school)
        }.sorted { ($0.first, $0.school) < ($1.first, $1.school) }
        var visitsOf: [PersonID: Int] = [:]
        let visits = order.prefix(plan.drawnSchools).map { drawn in
            let chosen = plan.inspectors.filter { !plan.conflicts.contains(.init($0, drawn.school)) }
                .map { (visitsOf[$0, default: 0], Self.digest("\(seed) inspector \(drawn.school) \($0)", sha256), $0) }
                .sorted { $0 < $1 }.prefix(plan.inspectorsEach).map(\.2)
            for inspector in chosen { visitsOf[inspector, default: 0] += 1 }
            return Visit(school: drawn.school, inspectors: chosen)
        }
        return Outcome(commitment: Self.commitment(to: secret, sha256), seed: seed, visits: visits)
    }

    private static func digest(_ text: String, _ sha256: SHA256) -> String { DrawText.hex(sha256(Array(text.utf8))) }
}
