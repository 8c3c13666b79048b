/// A place on the earth, as GeoJSON has it (RFC 7946 §4: WGS 84, in degrees). (坐标)
///
/// Whoever draws points of another datum (GCJ-02, BD-09) draws outline and schools of the same one: then they fit each other.
public struct GeoPoint: Hashable, Sendable, Codable {
    /// -90…90
    public var latitude: Double
    /// -180…180
    public var longitude: Double

    /// nil for what is no place.
    public init?(latitude: Double, longitude: Double) {
        guard latitude.isFinite, longitude.isFinite, (-90...90).contains(latitude), (-180...180).contains(longitude)
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// In degrees of the map, squared; longitudes are not narrowed, which a county is too small to mind.
    func squaredDistance(toLineFrom a: GeoPoint, to b: GeoPoint) -> Double {
        let (dx, dy) = (b.longitude - a.longitude, b.latitude - a.latitude)
        let length = dx * dx + dy * dy
        let along =
            length == 0
            ? 0 : max(0, min(1, ((longitude - a.longitude) * dx + (latitude - a.latitude) * dy) / length))
        let (x, y) = (a.longitude + along * dx - longitude, a.latitude + along * dy - latitude)
        return x * x + y * y
    }
}
