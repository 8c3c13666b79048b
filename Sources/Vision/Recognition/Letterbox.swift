/// How a rectangle of a picture fits into a model's input without changing its shape: centred, grey around it.
struct Letterbox: Equatable {
    /// What training puts around pictures.
    static let grey: UInt8 = 114

    /// Input pixels for a pixel of the source.
    let scale: Double
    /// Size and place of the source in the input.
    let width: Int
    let height: Int
    let left: Int
    let top: Int

    init(sourceWidth: Int, sourceHeight: Int, into input: InputSize) {
        scale = Self.scale(sourceWidth, sourceHeight, into: input)
        width = min(max(Int((Double(sourceWidth) * scale).rounded()), 1), input.width)
        height = min(max(Int((Double(sourceHeight) * scale).rounded()), 1), input.height)
        left = (input.width - width) / 2
        top = (input.height - height) / 2
    }

    static func scale(_ sourceWidth: Int, _ sourceHeight: Int, into input: InputSize) -> Double {
        min(Double(input.width) / Double(sourceWidth), Double(input.height) / Double(sourceHeight))
    }
}

/// Size of the detector's input in pixels: multiples of 32.
public struct InputSize: Sendable, Hashable {
    public let width: Int
    public let height: Int

    public init(width: Int, height: Int) {
        precondition(width > 0 && height > 0 && width % 32 == 0 && height % 32 == 0, "multiples of 32")
        self.width = width
        self.height = height
    }

    /// About the same work for every shape of picture: wide, 4 : 3, square, upright.
    static let whole = [(640, 352), (544, 416), (480, 480), (352, 640)].map(InputSize.init)

    /// The one in which a picture appears largest.
    public static func fitting(width: Int, height: Int) -> InputSize {
        whole.max {
            Letterbox.scale(width, height, into: $0) < Letterbox.scale(width, height, into: $1)
        }!
    }

    /// For a part of a large picture.
    public static let tile = InputSize(width: 416, height: 416)
}
