/// One `m=` section of a session description.
struct MediaDescription: Hashable, Sendable {
    /// `video`, `audio`, `application`; lower case.
    var kind: String
    /// In the order of the `m=` line.
    var payloadTypes: [UInt8]
    var control: String?
    private var encodings: [UInt8: Encoding] = [:]
    private var parameters: [UInt8: FormatParameters] = [:]

    struct Encoding: Hashable, Sendable {
        /// As written: `H264`.
        var name: String
        /// Ticks per second.
        var clockRate: Int
    }

    /// - Parameter line: what follows `m=`.
    init(line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: true)
        kind = words.first.map { $0.lowercased() } ?? ""
        payloadTypes = words.dropFirst(3).compactMap { UInt8($0) }.filter { $0 < 128 }
    }

    mutating func add(attribute: String, value: String) {
        if attribute.equalsIgnoringCase("control") {
            control = value
        } else if attribute.equalsIgnoringCase("rtpmap") {
            guard let (type, rest) = Self.payloadType(of: value) else { return }
            let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
            guard let name = parts.first?.trimmed(), !name.isEmpty else { return }
            let rate = parts.dropFirst().first.flatMap { Int($0.trimmed()) } ?? 90_000
            encodings[type] = Encoding(name: name, clockRate: (1...1_000_000_000).contains(rate) ? rate : 90_000)
        } else if attribute.equalsIgnoringCase("fmtp") {
            guard let (type, rest) = Self.payloadType(of: value) else { return }
            parameters[type] = FormatParameters(rest)
        }
    }

    /// What a payload type stands for: told by `rtpmap`, by RFC 3551 §6, or by the parameters alone.
    func encoding(of type: UInt8) -> Encoding? {
        if let encoding = encodings[type] { return encoding }
        if let name = Self.wellKnown[type] { return Encoding(name: name, clockRate: 90_000) }
        let parameters = parameters(of: type)
        if parameters["sprop-vps"] != nil { return Encoding(name: "H265", clockRate: 90_000) }
        if parameters["sprop-parameter-sets"] != nil || parameters["packetization-mode"] != nil {
            return Encoding(name: "H264", clockRate: 90_000)
        }
        return nil
    }

    /// A camera that names another payload type in its only `fmtp` line means this one.
    func parameters(of type: UInt8) -> FormatParameters {
        if let own = parameters[type] { return own }
        return parameters.count == 1 && payloadTypes.count == 1
            ? parameters.values.first ?? FormatParameters("") : FormatParameters("")
    }

    private static let wellKnown: [UInt8: String] = [26: "JPEG", 31: "H261", 32: "MPV", 33: "MP2T", 34: "H263"]

    private static func payloadType(of value: String) -> (UInt8, String)? {
        let digits = value.prefix { $0.isASCII && $0.isNumber }
        guard let type = UInt8(digits), type < 128 else { return nil }
        return (type, value.dropFirst(digits.count).trimmed())
    }
}
