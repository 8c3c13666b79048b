import Documents
import Domain

/// Cameras with their state and figures as rows of a file.
struct CameraTable: TablePages {
    private var rows: [CameraRow]
    private let wording: Wording

    init(rows: [CameraRow], wording: Wording) {
        self.rows = rows
        self.wording = wording
    }

    static func columns(_ wording: Wording) -> [TableColumn] {
        let words = wording.words
        return [
            TableColumn(words("fact.school"), width: 28), TableColumn(words("fact.area")),
            TableColumn(words("fact.camera")), TableColumn(words("fact.state")),
            TableColumn(words("fact.since"), .dateTime(wording.zone)), TableColumn(words("fact.reason"), width: 28),
            TableColumn(words("fact.codec")), TableColumn(words("fact.width"), .integer),
            TableColumn(words("fact.height"), .integer), TableColumn(words("fact.frameRate"), .number(decimals: 1)),
            TableColumn(words("fact.bitsPerSecond"), .integer), TableColumn(words("fact.recorded")),
            TableColumn(words("fact.available"), .percent(decimals: 1)), TableColumn(words("fact.gaps"), .integer),
        ]
    }

    mutating func next() -> [[TableValue]]? {
        guard !rows.isEmpty else { return nil }
        defer { rows = [] }
        return rows.map { row in
            let status = wording.status(row.status)
            let picture = row.status?.picture
            return [
                .text(row.school.name), .text(wording.area(row.area)), .text(row.camera.name), .text(status.word),
                since(row.status), status.reason.map { .text($0) } ?? .empty,
                picture.map { .text(wording.codec($0.codec)) } ?? .empty,
                picture.map { .integer($0.width) } ?? .empty, picture.map { .integer($0.height) } ?? .empty,
                picture.map { .number($0.framesPerSecond) } ?? .empty,
                picture.map { .integer($0.bitsPerSecond) } ?? .empty,
                .text(wording.words(row.camera.isRecorded ? "word.yes" : "word.no")),
                row.day.map { .number($0.recordedShare) } ?? .empty, row.day.map { .integer($0.gapCount) } ?? .empty,
            ]
        }
    }

    /// A camera that is being opened has no state that began at any time yet.
    private func since(_ status: CameraStatus?) -> TableValue {
        guard let status, status.state != .connecting else { return .empty }
        return .time(status.since)
    }
}
