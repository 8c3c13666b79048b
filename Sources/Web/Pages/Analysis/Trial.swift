import Domain
import Synchronization

/// Room for one try-out at a time: it takes a core for minutes, and live analysis comes first.
final class TrialSlot: Sendable {
    private let isTaken = Mutex(false)

    /// nil while another try-out runs.
    func take() -> Held? {
        let wasTaken = isTaken.withLock { isTaken in
            defer { isTaken = true }
            return isTaken
        }
        return wasTaken ? nil : Held(slot: self)
    }

    /// Gives the room back, at the latest when nobody holds it any more: a reader may leave before the answer begins.
    final class Held: Sendable {
        private let slot: TrialSlot
        private let isGivenBack = Mutex(false)

        fileprivate init(slot: TrialSlot) { self.slot = slot }

        deinit { giveBack() }

        func giveBack() {
            let isFirst = isGivenBack.withLock { isGivenBack in
                defer { isGivenBack = true }
                return !isGivenBack
            }
            if isFirst { slot.isTaken.withLock { $0 = false } }
        }
    }
}

/// What a try-out finds, as lines of JSON.
struct TrialLines: Sendable {
    /// Pictures after these are left out: nobody looks at more, and each is a quarter of a megabyte of text.
    private static let mostPictures = 60

    let wording: Wording
    private var found = 0

    init(wording: Wording) { self.wording = wording }

    mutating func line(_ event: TrialEvent) -> String {
        switch event {
        case .progress(let share): return Self.line(.object(["progress": .number(min(1, max(0, share)))]))
        case .found(let capture, let jpeg):
            found += 1
            let hasPicture = found <= Self.mostPictures && !jpeg.isEmpty
            return Self.line(
                .object([
                    "found": .object([
                        "item": .string(capture.item.rawValue), "itemText": .string(wording.words(capture.item)),
                        "grade": .integer(Int64(capture.grade.rawValue)),
                        "gradeText": .string(wording.words(capture.grade)),
                        "time": .string(wording.exact(capture.metAt)),
                        "length": .string(capture.end.map { wording.words($0 - capture.start) }),
                        "score": .string(wording.score(capture.score)),
                        "box": capture.box.map(wording.json) ?? .null,
                        "picture": .string(
                            hasPicture ? "data:image/jpeg;base64," + Base64.text(jpeg) : nil),
                    ])
                ]))
        }
    }

    var end: String { Self.line(.object(["done": .bool(true), "count": .integer(Int64(found))])) }

    var failure: String { Self.line(.object(["error": .string(wording.words("trial.failed"))])) }

    private static func line(_ json: JSON) -> String { json.text + "\n" }
}
