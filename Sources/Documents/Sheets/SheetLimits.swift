/// How much of a file is read: what is beyond is refused, so that no file can fill the memory.
public struct SheetLimits: Hashable, Sendable {
    public var fileBytes = 20_000_000
    /// Of all parts of an .xlsx that are read, unpacked.
    public var unpackedBytes = 200_000_000
    /// Rows that hold something.
    public var rows = 200_000
    public var columns = 200
    /// Cells that hold something.
    public var cells = 4_000_000

    public init() {}
}
