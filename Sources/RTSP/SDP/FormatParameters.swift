/// The `name=value` pairs of an `fmtp` line; names in lower case.
struct FormatParameters: Hashable, Sendable {
    private var values: [String: String] = [:]

    /// - Parameter text: what follows the payload type. Blanks, quotes and a last `;` do no harm.
    init(_ text: String) {
        for pair in text.split(separator: ";") {
            // Only the first `=` counts: Base64 ends in others.
            let name = pair.prefix { $0 != "=" }
            var value = pair.dropFirst(name.count + 1).trimmed()[...]
            if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = value.dropFirst().dropLast() }
            values[name.trimmed().lowercased()] = String(value)
        }
    }

    subscript(_ name: String) -> String? { values[name] }

    /// NAL units of `sprop-parameter-sets` (RFC 6184 §8.1) and of `sprop-vps`, `-sps`, `-pps` (RFC 7798 §7.1), whatever their order;
    /// those that are no Base64 are left out, start codes that some cameras put before them are cut off.
    var parameterSets: [[UInt8]] {
        ["sprop-vps", "sprop-sps", "sprop-pps", "sprop-parameter-sets"]
            .compactMap { values[$0] }
            .flatMap { $0.split(separator: ",") }
            .compactMap { Base64.decode($0.utf8) }
            .flatMap { StartCodes.split($0.span) }
    }
}
