public import Domain

/// A column of a table that is written for spreadsheets: what stands above it, and how its values look.
public struct TableColumn: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case text
        /// With so many digits behind the point, 0…9.
        case number(decimals: Int)
        /// With marks between the thousands.
        case integer
        /// Of a share: 0.125 is shown as 12.5 %, with so many digits behind the point, 0…9.
        case percent(decimals: Int)
        /// The clock of this zone.
        case dateTime(TerritoryZone)
        case link
    }

    public var title: String
    public var kind: Kind
    /// In characters of the standard font, 1…255; nil: what suits the kind and the title.
    public var width: Double?

    public init(_ title: String, _ kind: Kind = .text, width: Double? = nil) {
        self.title = title
        self.kind = kind
        self.width = width
    }

    var widthInCharacters: Double {
        if let width { return min(max(width, 1), 255) }
        // A Chinese character is as wide as two digits; the filter's button needs the room of three.
        let titleWidth = Double(title.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }) + 3
        let usual: Double =
            switch kind {
            case .text: 20
            case .number, .integer, .percent: 12
            case .dateTime: 20
            case .link: 32
            }
        return min(max(titleWidth, usual), 60)
    }
}
