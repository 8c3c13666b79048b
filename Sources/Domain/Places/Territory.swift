/// A part of the tree county → township → school → canteen: where somebody's permissions hold. (辖区)
public enum Territory: Hashable, Sendable {
    case county
    case township(TownshipID)
    case school(SchoolID)
    case canteen(CanteenID)

    /// Whether the place is the territory itself or lies in it. What lies above it does not.
    public func contains(_ place: PlacePath) -> Bool {
        switch self {
        case .county: true
        case .township(let id): place.township == id
        case .school(let id): place.school == id
        case .canteen(let id): place.canteen == id
        }
    }
}

/// As rows and the ledger keep it: `county`, `township/<id>`, `school/<id>`, `canteen/<id>`.
extension Territory: LosslessStringConvertible, TextCodable {
    public var description: String {
        switch self {
        case .county: "county"
        case .township(let id): "township/\(id)"
        case .school(let id): "school/\(id)"
        case .canteen(let id): "canteen/\(id)"
        }
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("county", 1): self = .county
        case ("township", 2):
            guard let id = TownshipID(parts[1]) else { return nil }
            self = .township(id)
        case ("school", 2):
            guard let id = SchoolID(parts[1]) else { return nil }
            self = .school(id)
        case ("canteen", 2):
            guard let id = CanteenID(parts[1]) else { return nil }
            self = .canteen(id)
        default: return nil
        }
    }
}
