/// Whether the marker bit, which should stand on the last packet of a picture (RFC 6184 §5.1, RFC 7798 §4.1), can be
/// believed: some cameras never set it, some set it on each NAL unit. A picture also ends where the timestamp changes;
/// the marker tells so one picture earlier.
struct MarkerTrust {
    private static let needed = 2
    private var confirmations = 0
    private(set) var hasLied = false

    var isTrusted: Bool { confirmations >= Self.needed && !hasLied }

    /// The timestamp changed.
    mutating func pictureEnded(withMarker: Bool) {
        if withMarker {
            confirmations += 1
        } else if !isTrusted {
            confirmations = 0
        }
    }

    /// More of the same picture came after a marker.
    mutating func lied() { hasLied = true }
}
