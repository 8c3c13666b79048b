/// Text that never shows itself: not in logs, string interpolation, mirrors or errors.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    public init(_ text: String) { self.text = text }

    /// The text itself. Every use of it is a place to look at in a review.
    public func reveal() -> String { text }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a camera asks for before it shows its picture.
public struct Credentials: Hashable, Sendable {
    public var user: String
    public var password: Secret

    public init(user: String, password: Secret) {
        self.user = user
        self.password = password
    }
}
