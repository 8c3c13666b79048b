/// A camera of a canteen, as its administrator set it up. (摄像机)
public struct Camera: Hashable, Sendable {
    /// How the packets of an RTSP session travel.
    public enum Transport: String, Sendable, CaseIterable, Codable {
        case tcp
        case udp
    }

    /// Who talks to the camera: our own RTSP client, or FFmpeg's for cameras that ours can't talk to.
    public enum Client: String, Sendable, CaseIterable, Codable {
        case native
        case compatible
    }

    public let id: CameraID
    public var area: AreaID
    public var name: String
    public var main: SourceAddress
    /// A second, smaller stream of the same picture, for analysis and small tiles. (辅码流)
    public var sub: SourceAddress?
    public var credentials: Credentials?
    public var transport: Transport
    public var client: Client
    /// RTSPS only: whether the camera's certificate must be signed by somebody we know. Cameras sign their own.
    public var verifiesCertificate: Bool
    /// Off = neither connected nor recorded; its footage stays.
    public var isEnabled: Bool
    public var isRecorded: Bool
    /// Days that footage is kept: 7…3650 (floor and default: docs/reference/settings.md); nil = the node's setting.
    public var retentionDays: Int?

    public init(
        id: CameraID, area: AreaID, name: String, main: SourceAddress, sub: SourceAddress? = nil,
        credentials: Credentials? = nil, transport: Transport = .tcp, client: Client = .native,
        verifiesCertificate: Bool = false, isEnabled: Bool = true, isRecorded: Bool = true, retentionDays: Int? = nil
    ) {
        self.id = id
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

    /// True for the kitchen simulator: its pictures are marked as simulated wherever they are shown.
    public var isSimulated: Bool { main.scheme == .sim }
}
