public import Domain

/// What the site needs to know of where it runs.
public struct SiteSettings: Hashable, Sendable {
    /// The zone in which times are shown.
    public var zone: TerritoryZone
    /// The name of the county or district, for the top bar; empty = none is shown.
    public var territory: String
    /// Browsers reach the site by https only: cookies are never sent without TLS.
    public var usesSecureCookies: Bool
    /// A reverse proxy stands before the site and sets X-Forwarded-For.
    public var trustsProxy: Bool
    /// The node's days of retention, shown where a camera has none of its own.
    public var retentionDays: Int
    /// Where people reach the site from outside, without a slash at its end; nil = messages lead nowhere.
    public var publicAddress: String?
    public var hall: HallSettings

    public init(
        zone: TerritoryZone = .shanghai, territory: String = "", usesSecureCookies: Bool = false,
        trustsProxy: Bool = false, retentionDays: Int = 30, publicAddress: String? = nil,
        hall: HallSettings = HallSettings()
    ) {
        self.zone = zone
        self.territory = territory
        self.usesSecureCookies = usesSecureCookies
        self.trustsProxy = trustsProxy
        self.retentionDays = retentionDays
        self.publicAddress = publicAddress
        self.hall = hall
    }
}

/// What the hall's map is drawn with.
public struct HallSettings: Hashable, Sendable {
    /// Where the system keeps Leaflet: `leaflet.js`, `leaflet.css`, `images/`.
    public var libraryFolder: String
    /// The address of map tiles with `{z}`, `{x}`, `{y}`; nil = none: the map shows the county's outline alone.
    public var tiles: String?

    public init(libraryFolder: String = "/usr/share/javascript/leaflet", tiles: String? = nil) {
        self.libraryFolder = libraryFolder
        self.tiles = tiles
    }
}
