public import Domain

/// A camera that is about to be added.
public struct CameraDraft: Hashable, Sendable {
    public var area: AreaID
    public var name: String
    public var main: SourceAddress
    public var sub: SourceAddress?
    public var credentials: Credentials?
    public var transport: Camera.Transport
    public var client: Camera.Client
    public var verifiesCertificate: Bool
    public var isEnabled: Bool
    public var isRecorded: Bool
    public var retentionDays: Int?

    public init(
        area: AreaID, name: String, main: SourceAddress, sub: SourceAddress? = nil, credentials: Credentials? = nil,
        transport: Camera.Transport = .tcp, client: Camera.Client = .native, verifiesCertificate: Bool = false,
        isEnabled: Bool = true, isRecorded: Bool = true, retentionDays: Int? = nil
    ) {
        self.area = area
        self.name = name
        self.main = main
        self.sub = sub
        self.credentials = credentials
        self.transport = transport
        self.client = client
        self.verifiesCertificate = verifiesCertificate
        self.isEnabled = isEnabled
        self.isRecorded = isRecorded
        self.retentionDays = retentionDays
    }

    func camera(id: CameraID) -> Camera {
        Camera(
            id: id, area: area, name: name, main: main, sub: sub, credentials: credentials, transport: transport,
            client: client, verifiesCertificate: verifiesCertificate, isEnabled: isEnabled, isRecorded: isRecorded,
            retentionDays: retentionDays)
    }
}
