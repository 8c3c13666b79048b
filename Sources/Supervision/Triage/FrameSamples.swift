public import Domain
import Store

/// The blind sample: some analysed frames of each camera and day, drawn at random and kept for people to look at without
/// being told what the program thought. (盲审抽样)
public struct FrameSamples: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    init(store: Store, time: TimeSource, zone: TerritoryZone) {
        self.store = store
        self.time = time
        self.zone = zone
    }

    /// How a camera's day stands, to go on with it after a restart; nil = it has not begun, or is settled.
    public func sample(of camera: CameraID, on day: Day) async throws -> FrameSample? {
        try await store.read { records in
            try records.samples.day(day, of: camera).flatMap { $0.isClosed ? nil : $0.sample }
        }
    }

    /// Keeps a drawn frame, and lets go those whose draws are higher than the day has room for.
    /// - Parameter sample: Of the day, with this frame.
    /// - Returns: What no longer belongs to the sample, to be deleted by the caller: also the new one, when its day is settled.
    public func keep(_ frame: SampledFrame, in sample: FrameSample) async throws -> [EvidenceFile] {
        guard case .drawn(let key) = frame.origin else { return [] }
        return try await store.write { records in
            if try records.samples.day(frame.day, of: frame.camera)?.isClosed == true { return [frame.file] }
            guard try !records.samples.isTaken(key, on: frame.day, of: frame.camera) else { return [frame.file] }
            try records.samples.count(sample, on: frame.day, of: frame.camera)
            try records.samples.add(frame)
            // The day's own size: it may have begun with another setting.
            let size = min(
                sample.size, try records.samples.day(frame.day, of: frame.camera)?.sample.size ?? sample.size)
            let drawn = try records.samples.frames(on: frame.day, of: frame.camera).sorted { $0.draw < $1.draw }
            let surplus = drawn.dropFirst(size)
            try records.samples.remove(surplus.map(\.code))
            return surplus.map(\.file)
        }
    }

    /// How many frames of each camera's day were drawn from so far, of all in one transaction.
    public func count(_ running: [CameraID: DailyFrameSample]) async throws {
        let begun = running.filter { $0.value.sample.size > 0 && $0.value.sample.offered > 0 }
        guard !begun.isEmpty else { return }
        try await store.write { records in
            for (camera, daily) in begun {
                guard let day = daily.day else { continue }
                try records.samples.count(daily.sample, on: day, of: camera)
            }
        }
    }

    /// Days that are over by ten minutes, so that nothing of them is still on its way, and not settled: the oldest first.
    public func unsettled(limit: Int = 100) async throws -> [(camera: CameraID, day: Day)] {
        let today = Day(of: time.now() - .seconds(600), in: zone)
        return try await store.read { try $0.samples.openDays(before: today, limit: limit) }
    }

    /// Settles a day that is over: the ledger learns what was drawn, with hashes, some confirmed captures of the camera are
    /// put among it, and people can be asked.
    /// - Returns: The files that belong to it.
    public func settle(_ day: Day, of camera: CameraID) async throws -> [EvidenceFile] {
        let now = time.now()
        return try await store.write { records in
            guard let known = try records.samples.day(day, of: camera), !known.isClosed else { return [] }
            let drawn = try records.samples.frames(on: day, of: camera)
            try records.samples.close(day, of: camera, at: now)
            var random = SystemRandomNumberGenerator()
            let decoys = try records.samples.possibleDecoys(of: camera, since: now - Self.decoyAge)
            for decoy in decoys.shuffled(using: &random).prefix(Self.decoys(among: drawn.count)) {
                guard let file = try records.captures.evidence(of: decoy.capture).first(where: { $0.kind == .first })
                else { continue }
                try records.samples.add(
                    SampledFrame(
                        code: .random(using: &random), camera: camera, day: day, time: decoy.time,
                        origin: .decoy(decoy.capture), file: file))
            }
            try records.ledger.append(
                .frameSampleDrawn, to: Self.subject(day, camera), by: .camera(camera), at: now,
                payload: [
                    "offered": .int(Int64(known.sample.offered)), "size": .int(Int64(known.sample.size)),
                    "frames": .array(drawn.map(\.ledgerPayload)),
                ])
            return drawn.map(\.file)
        }
    }

    /// Pictures that are older than they are kept, of settled days, the oldest first.
    /// - Parameters:
    ///   - days: For how many they are kept, 1…3650.
    ///   - now: What the caller believes of the clock.
    public func expired(after days: Int, at now: UTCTime, limit: Int = 500) async throws -> [SampledFrame] {
        let first = Day(of: now, in: zone) - days
        return try await store.read { try $0.samples.expired(before: first, limit: limit) }
    }

    /// Forgets pictures whose files are deleted and says so in the ledger, with their hashes. What people saw in them stays.
    public func forget(_ frames: [SampledFrame]) async throws {
        let now = time.now()
        struct Place: Hashable {
            var day: Day
            var camera: CameraID
        }
        try await store.write { records in
            let known = try frames.filter { try records.samples.frame($0.code) != nil }
            try records.samples.remove(known.map(\.code))
            let days = Dictionary(grouping: known.filter { !$0.isDecoy }) { Place(day: $0.day, camera: $0.camera) }
            for (place, frames) in days.sorted(by: { ($0.key.day, $0.key.camera) < ($1.key.day, $1.key.camera) }) {
                try records.ledger.append(
                    .frameSampleDeleted, to: Self.subject(place.day, place.camera), by: .node, at: now,
                    payload: [
                        "reason": .string(DeletionReason.age.rawValue), "frames": .array(frames.map(\.ledgerPayload)),
                    ])
            }
        }
    }

    /// One for six, at least one: as many as keep people guessing, without wasting their time.
    private static func decoys(among count: Int) -> Int { count == 0 ? 0 : max(1, count / 6) }
    private static let decoyAge = Duration.seconds(90 * 86_400)

    static func subject(_ day: Day, _ camera: CameraID) -> String { "sample/\(camera)/\(day)" }
}

extension SampledFrame {
    fileprivate var draw: Int64 {
        if case .drawn(let key) = origin { key } else { .max }
    }

    var ledgerPayload: JSON {
        [
            "code": .string("\(code)"), "time": .int(time.milliseconds), "size": .int(file.sizeBytes),
            "sha256": .string(file.sha256.hexadecimal),
        ]
    }
}
