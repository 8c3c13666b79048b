/// What was found of one item. (检查结果)
public struct InspectionAnswer: Hashable, Sendable, Codable {
    public enum Outcome: Hashable, Sendable {
        case conforms
        /// 1 a single slip … 5 everywhere.
        case fails(extent: Int)
        case notApplicable
    }

    public static let extents = 1...5
    public static let longestNote = 500
    public static let mostPhotos = 10

    /// ``InspectionTemplate/Item/code``
    public var item: String
    public var outcome: Outcome
    /// 0…500 characters.
    public var note: String
    public var photos: [InspectionFileID]

    public init(_ item: String, _ outcome: Outcome, note: String = "", photos: [InspectionFileID] = []) {
        self.item = item
        self.outcome = outcome
        self.note = note
        self.photos = photos
    }

    /// nil unless it fails.
    public var extent: Int? {
        if case .fails(let extent) = outcome { extent } else { nil }
    }
}

/// As rows keep it: `conforms`, `notApplicable`, `fails/3`.
extension InspectionAnswer.Outcome: LosslessStringConvertible, TextCodable {
    public var description: String {
        switch self {
        case .conforms: "conforms"
        case .notApplicable: "notApplicable"
        case .fails(let extent): "fails/\(extent)"
        }
    }

    public init?(_ text: String) {
        switch text {
        case "conforms": self = .conforms
        case "notApplicable": self = .notApplicable
        default:
            guard text.hasPrefix("fails/"), let extent = Int(text.dropFirst(6)),
                InspectionAnswer.extents.contains(extent)
            else { return nil }
            self = .fails(extent: extent)
        }
    }
}

/// A photograph or a signature of an inspection, as it is kept.
public struct InspectionFile: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        case photo
        case signature
    }

    /// Made by whoever sends it: sent twice, it is the same file.
    public let id: InspectionFileID
    public var inspection: SpotInspectionID
    public var kind: Kind
    /// As the sender's machine called it.
    public var name: String
    /// What its first bytes say that it is.
    public var mediaType: String
    public var sizeBytes: Int
    /// 64 hexadecimal digits, of the whole file as it arrived.
    public var sha256: String
    /// Below the folder of attachments.
    public var path: String
    public var by: PersonID

    public init(
        _ id: InspectionFileID, of inspection: SpotInspectionID, _ kind: Kind, name: String, mediaType: String,
        sizeBytes: Int, sha256: String, path: String, by person: PersonID
    ) {
        self.id = id
        self.inspection = inspection
        self.kind = kind
        self.name = name
        self.mediaType = mediaType
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.path = path
        by = person
    }
}

public typealias InspectionFileID = Identifier<InspectionFile>
