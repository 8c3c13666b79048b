import Cameras
import Domain

/// Evidence for a whole year: some pictures of each item in each kind of kitchen, drawn once by the simulator and used
/// again and again. Each carries the simulator's mark.
struct CountyPictures: Sendable {
    struct Shot: Sendable {
        var jpeg: [UInt8]
        /// Around what it shows.
        var box: PictureBox
        /// Everybody in it.
        var sights: [Capture.Sight]
    }

    /// A shot when the rule is met, and one a moment later.
    struct Pair: Sendable {
        var first: Shot
        var best: Shot
    }

    struct Key: Hashable, Sendable {
        var kind: Area.Kind
        var subject: ShotSubject
    }

    private let pairs: [Key: [Pair]]

    /// What a camera in this kind of area might have taken; nil = the simulator has no such picture.
    func pair(_ kind: Area.Kind, _ subject: ShotSubject, _ dice: inout DemoDice) -> Pair? {
        guard let known = pairs[Key(kind: kind, subject: subject)], !known.isEmpty else { return nil }
        return dice.pick(known)
    }

    static let kinds: [Area.Kind] = [.preparation, .washing, .cooking]

    /// - Parameters:
    ///   - variants: Of each subject and kind of area.
    ///   - progress: 0…1.
    static func draw(
        seed: UInt64, variants: Int, kinds: [Area.Kind] = kinds, subjects: [ShotSubject] = ShotSubject.allCases,
        progress: (Double) -> Void = { _ in }
    ) async throws -> CountyPictures {
        let keys = kinds.flatMap { kind in subjects.map { Key(kind: kind, subject: $0) } }
        var pairs: [Key: [Pair]] = [:]
        try await withThrowingTaskGroup(of: (Key, [Pair]).self) { group in
            var waiting = keys[...]
            func ask() {
                guard let key = waiting.popFirst() else { return }
                group.addTask { (key, try ShotSearch(key: key, seed: seed).pairs(variants)) }
            }
            // As many as small machines have cores: scenes take memory.
            for _ in 0..<4 { ask() }
            while let (key, found) = try await group.next() {
                pairs[key] = found
                progress(Double(pairs.count) / Double(keys.count))
                ask()
            }
        }
        return CountyPictures(pairs: pairs)
    }
}

/// What a picture is to show.
enum ShotSubject: Hashable, Sendable, CaseIterable {
    case noHat
    case noMask
    case phone
    case insect
    case rodent
    case nightPresence
    /// Somebody dressed as the rules want: what was captured by mistake, and most of the blind sample.
    case inOrder
    /// By night, and nothing there.
    case emptyNight

    /// What a capture of an item shows, when it was right and when it was not.
    init?(_ item: CaptureItem, isTrue: Bool) {
        switch item {
        case .noHat: self = isTrue ? .noHat : .inOrder
        case .noMask: self = isTrue ? .noMask : .inOrder
        case .phone: self = isTrue ? .phone : .inOrder
        case .insect: self = isTrue ? .insect : .inOrder
        case .rodent: self = isTrue ? .rodent : .emptyNight
        case .nightPresence: self = isTrue ? .nightPresence : .emptyNight
        case .smoking, .offline, .covered, .moved, .frozen, .dark, .defocused: return nil
        }
    }
}
