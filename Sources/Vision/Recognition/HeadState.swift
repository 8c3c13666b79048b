/// What somebody wears on the head, as far as it can be seen.
public struct HeadState: Sendable, Hashable {
    public var hat: Attribute
    public var mask: Attribute

    public init(hat: Attribute, mask: Attribute) {
        self.hat = hat
        self.mask = mask
    }
}

/// There, not there, or not to be told: only what is certainly not there is ever held against anybody.
public struct Attribute: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        case present
        case absent
        case unknown
    }

    public var state: State
    /// Probability that it is not there, 0…1.
    public var absence: Double

    public init(state: State, absence: Double) {
        self.state = state
        self.absence = absence
    }

    /// Of the state: how probable it is, 0…1; of *unknown*: of the likelier of the other two.
    public var score: Double {
        switch state {
        case .absent: absence
        case .present: 1 - absence
        case .unknown: max(absence, 1 - absence)
        }
    }

    public static let unknown = Attribute(state: .unknown, absence: 0.5)
}
