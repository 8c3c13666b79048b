/// A model's input or output.
public struct TensorDescription: Sendable, Hashable {
    public enum Element: Sendable, Hashable {
        case uint8
        case float32
        /// OpenVINO's number for it.
        case other(UInt32)
    }

    public let name: String
    public let element: Element
    public let shape: [Int]

    public init(name: String, element: Element, shape: [Int]) {
        self.name = name
        self.element = element
        self.shape = shape
    }

    public var count: Int { shape.reduce(1, *) }
}
