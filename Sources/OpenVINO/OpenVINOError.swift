/// What OpenVINO could not do.
public struct OpenVINOError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The library is nowhere where it is looked for.
        case libraryMissing
        /// There is one, but it can't be loaded or lacks a function.
        case libraryUnusable
        /// A model's file isn't there or may not be read.
        case modelMissing
        /// A model's files are no model: truncated, mixed up, of another version.
        case modelBroken
        /// A sound model with other inputs, outputs or shapes than asked for.
        case modelUnfit
        /// The library refused a request.
        case failed
    }

    public let kind: Kind
    /// What was being done, in a few words.
    public let action: String
    /// The library's own last message, or the name of the thing at fault.
    public let detail: String

    public var description: String { "\(action): \(detail)" }

    public init(_ kind: Kind, while action: String, detail: String) {
        self.kind = kind
        self.action = action
        self.detail = detail
    }
}
