import Cameras
import Domain

/// What a look at a source showed, in words.
struct ProbePage: Page {
    struct StreamView: Sendable {
        let label: String
        let facts: [Fact]
        /// A `data:` address.
        let picture: String?
    }

    static let template = "probe"
    /// The same without the frame.
    static let fragment = "probe-result"

    let address: String
    let streams: [StreamView]
    let subFault: String?
    let advice: [String]
    let fault: String?
    let faultAdvice: String?
    let detail: String?

    init(_ report: ProbeReport, address: String, wording: Wording) {
        let words = wording.words
        self.address = address
        streams =
            [StreamView(report.main, label: words("field.main"), wording: wording)]
            + (report.sub.map { [StreamView($0, label: words("field.sub"), wording: wording)] } ?? [])
        subFault = report.subFailure.map { words("probe.subFault", ["reason": words($0.kind)]) }
        advice = report.advice.map { words($0) }
        fault = nil
        faultAdvice = nil
        detail = nil
    }

    init(_ failure: SourceFailure, address: String, wording: Wording) {
        self.init(
            fault: wording.words(failure.kind), advice: wording.words("failure.\(failure.kind.rawValue).advice"),
            detail: failure.detail.isEmpty ? nil : failure.detail, address: address)
    }

    init(fault: String, advice: String?, detail: String? = nil, address: String) {
        self.address = address
        streams = []
        subFault = nil
        self.advice = []
        self.fault = fault
        faultAdvice = advice
        self.detail = detail
    }
}

extension ProbePage.StreamView {
    init(_ stream: ProbeReport.Stream, label: String, wording: Wording) {
        let words = wording.words
        self.label = label
        facts = [
            Fact(name: words("fact.codec"), value: stream.codec),
            Fact(name: words("fact.size"), value: wording.size(stream.width, stream.height)),
            Fact(name: words("fact.frameRate"), value: wording.frameRate(stream.framesPerSecond)),
            Fact(name: words("fact.bitRate"), value: wording.bitRate(stream.bitsPerSecond)),
            Fact(
                name: words("fact.keyframeInterval"),
                value: stream.keyframeInterval.map { words("fact.seconds", ["count": wording.tenths($0.inSeconds)]) }
                    ?? words("fact.unknown")),
        ]
        picture = stream.jpeg.map { "data:image/jpeg;base64," + Base64.text($0) }
    }
}

extension Words {
    func callAsFunction(_ advice: ProbeReport.Advice) -> String {
        switch advice {
        case .longKeyframeInterval(let interval):
            self("advice.longKeyframeInterval", ["seconds": "\(Int(interval.inSeconds.rounded()))"])
        case .noSubStream: self("advice.noSubStream")
        case .clockOff(let offset):
            self("advice.clockOff", ["time": self(offset < .zero ? .zero - offset : offset)])
        case .useCompatibleClient: self("advice.useCompatibleClient")
        case .notPlayableInBrowsers: self("advice.notPlayableInBrowsers")
        }
    }
}

extension ProbeReport.Advice {
    var name: String {
        switch self {
        case .longKeyframeInterval: "longKeyframeInterval"
        case .noSubStream: "noSubStream"
        case .clockOff: "clockOff"
        case .useCompatibleClient: "useCompatibleClient"
        case .notPlayableInBrowsers: "notPlayableInBrowsers"
        }
    }
}

extension Site {
    func look(at source: SourceSettings) async throws(SourceFailure) -> ProbeReport {
        try await probe.run(
            source.main, sub: source.sub, credentials: source.credentials, transport: source.transport,
            client: source.client, verifiesCertificate: source.verifiesCertificate)
    }
}

/// RFC 4648 §4.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = UInt32(bytes[start]) << 16
            if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[start + 2]) }
            for place in 0..<4 {
                text.append(
                    place <= count ? alphabet[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
