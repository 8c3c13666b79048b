import Crypto
public import Domain
import FoundationEssentials
import Store

extension Capture {
    func openingPayload(_ first: EvidenceFile?) -> [String: JSON] {
        [
            "item": .string(item.rawValue), "grade": .int(Int64(grade.rawValue)), "start": .int(start.milliseconds),
            "met": .int(metAt.milliseconds), "score": .string("\(score)"), "models": .string(models),
            "files": .array([first].compactMap { $0?.ledgerPayload }),
        ]
    }

    func keepingPayload(_ files: [EvidenceFile], _ state: EvidenceState) throws -> [String: JSON] {
        [
            "end": end.map { .int($0.milliseconds) } ?? .null, "best": .int(bestAt.milliseconds),
            "score": .string("\(score)"), "data": .string(try dataSHA256.hexadecimal),
            "files": .array(files.map(\.ledgerPayload)), "state": .string(state.rawValue),
        ]
    }

    /// Boxes and score curve as a file, always the same bytes for the same capture: its SHA-256 is in the ledger.
    public var dataText: String {
        get throws {
            let data = CaptureData(
                id: id, item: item, start: start, end: end, best: bestAt, score: score, box: box, sights: sights,
                curve: curve)
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(data), as: UTF8.self)
        }
    }

    /// 32 bytes, over the bytes of ``dataText``.
    public var dataSHA256: [UInt8] {
        get throws { Array(SHA256.hash(data: Array(try dataText.utf8))) }
    }
}

/// Times are UTC milliseconds.
private struct CaptureData: Encodable {
    var id: CaptureID
    var item: CaptureItem
    var start: UTCTime
    var end: UTCTime?
    var best: UTCTime
    var score: Double
    var box: PictureBox?
    var sights: [Capture.Sight]
    var curve: [Capture.Score]
}

extension EvidenceFile {
    var ledgerPayload: JSON {
        [
            "kind": .string(kind.rawValue), "size": .int(sizeBytes), "sha256": .string(sha256.hexadecimal),
        ]
    }
}

extension AnalysisSettings {
    var ledgerPayload: [String: JSON] {
        var payload: [String: JSON] = [
            "enabled": .bool(isOn), "leastHeadPixels": .int(Int64(leastHeadPixels)),
            "masks": .array(masks.map(\.ledgerPayload)),
        ]
        for item in CaptureItem.allCases { payload[item.rawValue] = rule(item).ledgerPayload }
        return payload
    }
}

extension CaptureRule {
    fileprivate var ledgerPayload: JSON {
        [
            "on": .bool(isOn), "hours": .string(hours.rawValue), "sustainedMs": .int(Int64(sustainedSeconds * 1000)),
            "cooldownMs": .int(Int64(cooldownSeconds * 1000)),
            "threshold": threshold.map { .string("\($0)") } ?? .null, "zones": .array(zones.map(\.ledgerPayload)),
        ]
    }
}

extension PictureZone {
    /// The ledger holds no fractions: ten-thousandths of width and height.
    fileprivate var ledgerPayload: JSON {
        .array(
            points.map { point in
                [.int(Int64((point.x * 10_000).rounded())), .int(Int64((point.y * 10_000).rounded()))]
            })
    }
}

extension [UInt8] {
    /// Two digits for each byte.
    public var hexadecimal: String {
        reduce(into: "") { text, byte in text += (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    }
}
