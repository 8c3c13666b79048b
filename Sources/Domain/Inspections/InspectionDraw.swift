/// A draw of schools and inspectors from the plan to the outcome. (双随机抽查)
///
/// First the plan is fixed, and the commitment to a secret enters the ledger; then a witness says a line; then the
/// secret is shown, and the outcome follows from all three: see ``Draw``.
public struct InspectionDraw: Hashable, Sendable, Codable {
    public struct Made: Hashable, Sendable, Codable {
        /// 64 hexadecimal digits.
        public var secret: String
        public var witness: String
        public var time: UTCTime
        public var outcome: Draw.Outcome
    }

    public let id: InspectionDrawID
    public let plan: DrawPlan
    /// SHA-256 of the plan's text, 64 hexadecimal digits.
    public let planSHA256: String
    /// See ``Draw/commitment(to:_:)``.
    public let commitment: String
    public let template: InspectionTemplate.Version
    public let due: Day
    public let fixed: UTCTime
    public let by: PersonID
    /// nil until the witness has spoken.
    public private(set) var made: Made?

    public enum Refusal: Error, Hashable, Sendable {
        case made
        case fault(Draw.Fault)
        /// It is not the secret that was committed to.
        case secret
    }

    /// - Parameter secret: 32 random bytes; not part of the value until the draw is made.
    public init(
        id: InspectionDrawID, _ plan: DrawPlan, secret: [UInt8], template: InspectionTemplate.Version, due: Day,
        fixed: UTCTime, by person: PersonID, _ sha256: Draw.SHA256
    ) throws(DrawPlan.Fault) {
        try plan.check()
        self.id = id
        self.plan = plan
        planSHA256 = DrawText.hex(sha256(Array(plan.text.utf8)))
        commitment = Draw.commitment(to: secret, sha256)
        self.template = template
        self.due = due
        self.fixed = fixed
        by = person
    }

    public mutating func make(
        secret: [UInt8], witness: String, at now: UTCTime, _ sha256: Draw.SHA256
    ) throws(Refusal) -> Draw.Outcome {
        guard made == nil else { throw .made }
        guard Draw.commitment(to: secret, sha256) == commitment else { throw .secret }
        let draw: Draw
        do throws(Draw.Fault) { draw = try Draw(plan, secret: secret, witness: witness) } catch { throw .fault(error) }
        let outcome = draw.outcome(sha256)
        made = Made(secret: DrawText.hex(secret), witness: witness, time: now, outcome: outcome)
        return outcome
    }

    /// What the script of docs/how-to/recompute-a-draw.md reads; nil until the draw is made.
    public var record: String? {
        made.map { plan.text + "secret \($0.secret)\nwitness \($0.witness)\n" }
    }
}

public typealias InspectionDrawID = Identifier<InspectionDraw>
