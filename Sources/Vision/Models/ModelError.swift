/// Why a model can't be used. Recording and the cameras' own watch go on without it.
public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// There is no folder of models.
        case noFolder
        /// The folder holds no model for that task.
        case noModel
        /// `model.json` can't be read as a model card.
        case cardBroken
        case fileMissing
        /// A file is not the one that the card speaks of.
        case fileChanged
        /// It has other inputs, outputs or labels than its task needs.
        case unfit
        /// OpenVINO is missing or refused it.
        case runtime
    }

    public let kind: Kind
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
