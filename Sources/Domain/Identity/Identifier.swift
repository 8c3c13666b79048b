/// An identifier that can't be mistaken for another kind of thing's.
public struct Identifier<Subject>: Hashable, Comparable, Sendable, LosslessStringConvertible, Codable {
    public let uuid: UUIDv7

    public init(_ uuid: UUIDv7) { self.uuid = uuid }
    public init(at time: UTCTime) { uuid = UUIDv7(at: time) }

    public init?(_ text: String) {
        guard let uuid = UUIDv7(text) else { return nil }
        self.uuid = uuid
    }

    public var description: String { uuid.description }

    public static func < (a: Self, b: Self) -> Bool { a.uuid < b.uuid }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let identifier = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
        }
        self = identifier
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

public typealias TownshipID = Identifier<Township>
public typealias SchoolID = Identifier<School>
public typealias CanteenID = Identifier<Canteen>
public typealias AreaID = Identifier<Area>
public typealias CameraID = Identifier<Camera>
public typealias PersonID = Identifier<Person>
public typealias CaseID = Identifier<Case>
public typealias AttachmentID = Identifier<Attachment>
public typealias NotificationID = Identifier<Notification>
public typealias ChannelID = Identifier<NoticeChannel>
public typealias DeliveryID = Identifier<Delivery>
public typealias APITokenID = Identifier<APIToken>
