import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

struct FootageIndexTests {
    @Test(arguments: Engine.all) func `what was recorded comes back as it was`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let recording = Recording(of: camera.id, at: TemporaryStore.now, segments: 5)
            try await store.footage.record(recording.changes)
            #expect(try await store.footage.files(of: camera.id, overlapping: recording.file.span) == [recording.file])
            #expect(try await store.footage.file(at: recording.file.path) == recording.file)
            #expect(try await store.footage.segments(ofFile: recording.file.path) == recording.segments)
            #expect(
                try await store.footage.segments(of: camera.id, overlapping: recording.file.span) == recording.segments)
            #expect(try await store.footage.unclosedFiles() == [])
            #expect(try await store.footage.totalBytes() == recording.file.sizeBytes)
            #expect(try await store.footage.camerasWithFootage() == [camera.id])
        }
    }

    @Test(arguments: Engine.all) func `a file grows with its segments until it is closed`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let recording = Recording(of: camera.id, at: TemporaryStore.now, segments: 3)
            for count in 1...4 {
                try await store.footage.record([recording.changes[count - 1]])
                let file = try #require(try await store.footage.unclosedFiles().first)
                let known = recording.segments.prefix(count - 1)
                let end = known.last?.endMicroseconds ?? file.start.milliseconds * 1000
                #expect(file.duration == .microseconds(end - file.start.milliseconds * 1000))
                #expect(file.sizeBytes == 1000 + known.reduce(0) { $0 + Int64($1.length) })
                #expect(try await store.footage.totalBytes(of: camera.id) == file.sizeBytes)
            }
            try await store.footage.record([recording.changes[4]])
            #expect(try await store.footage.unclosedFiles() == [])
        }
    }

    @Test(arguments: Engine.all)
    func `what is told twice is kept once, and another thing in its place is refused`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let recording = Recording(of: camera.id, at: TemporaryStore.now, segments: 3)
            try await store.footage.record(Array(recording.changes.prefix(3)))
            for _ in 0..<2 { try await store.footage.record(recording.changes) }
            #expect(try await store.footage.allFiles(of: camera.id) == [recording.file])
            #expect(try await store.footage.segments(ofFile: recording.file.path) == recording.segments)
            #expect(try await store.footage.unclosedFiles() == [])
            #expect(try await store.footage.totalBytes() == recording.file.sizeBytes)

            var other = recording
            other.segments[1].sha256[0] ^= 1
            let error = await #expect(throws: StoreError.self) { try await store.footage.record([other.changes[2]]) }
            #expect(error?.kind == .notUnique)
            var file = recording.file
            file.start = file.start + .seconds(1)
            let taken = await #expect(throws: StoreError.self) { try await store.footage.record([.opened(file)]) }
            #expect(taken?.kind == .notUnique)
        }
    }

    @Test(arguments: Engine.all) func `a batch with an unknown file is refused whole`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let known = Recording(of: camera.id, at: TemporaryStore.now, segments: 1)
            let unknown = Recording(of: camera.id, at: TemporaryStore.now + .seconds(60), segments: 1)
            let error = await #expect(throws: StoreError.self) {
                try await store.footage.record(known.changes + [unknown.changes[1]])
            }
            #expect(error?.kind == .unknownFile)
            #expect(try await store.footage.totalBytes() == 0)
            await #expect(throws: StoreError.self) {
                try await store.footage.record(
                    Recording(of: CameraID(at: TemporaryStore.now), at: TemporaryStore.now, segments: 1).changes)
            }
        }
    }

    @Test(arguments: Engine.all, 0..<6)
    func `every question is answered as a plain list would answer it`(engine: Engine, seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        try await withStore(engine) { store, _ in
            let cameras = [try await store.addCamera("A"), try await store.addCamera("B")].map(\.id)
            var recordings: [Recording] = []
            var changes: [RecordingChange] = []
            for camera in cameras {
                var time = TemporaryStore.now
                for _ in 0..<60 {
                    // Mostly one after the other, sometimes a gap, sometimes a clock that was set back.
                    time = time + .milliseconds(Int64.random(in: 0...30_000, using: &random))
                    if Int.random(in: 0..<15, using: &random) == 0 { time = time - .seconds(40) }
                    let recording = Recording(
                        of: camera, at: time, segments: Int.random(in: 0...12, using: &random),
                        isClosed: Int.random(in: 0..<10, using: &random) > 0, number: recordings.count)
                    recordings.append(recording)
                    changes += recording.changes
                    time = recording.file.span.end
                }
            }
            try await store.footage.record(changes)
            let protected = ProtectedSpan(
                camera: cameras[0], span: recordings[7].file.span, reason: "case 7")
            try await store.footage.protect(protected, by: .console, at: TemporaryStore.now)

            for _ in 0..<40 {
                let camera = cameras.randomElement(using: &random)!
                let start = TemporaryStore.now + .milliseconds(Int64.random(in: -5000...2_500_000, using: &random))
                let span = TimeSpan(
                    start: start, duration: .milliseconds(Int64.random(in: 0...200_000, using: &random)))
                let mine = recordings.filter { $0.file.camera == camera }
                    .sorted { ($0.file.start, $0.number) < ($1.file.start, $1.number) }
                let files = mine.map(\.file).filter {
                    $0.start < span.end && $0.endMilliseconds > span.start.milliseconds
                }
                #expect(try await store.footage.files(of: camera, overlapping: span) == files)
                let segments = mine.flatMap(\.segments).filter {
                    $0.start < span.end && $0.endMicroseconds > span.start.milliseconds * 1000
                }
                #expect(try await store.footage.segments(of: camera, overlapping: span) == segments)
                #expect(
                    try await store.footage.segments(of: camera, overlapping: span, limit: 3)
                        == Array(segments.prefix(3)))
                let deletable = mine.filter {
                    $0.isClosed && $0.file.endMilliseconds <= span.start.milliseconds
                        && !(protected.camera == camera && $0.file.start < protected.span.end
                            && $0.file.endMilliseconds > protected.span.start.milliseconds)
                }
                #expect(
                    try await store.footage.deletableFiles(of: camera, endedBefore: span.start, limit: 5)
                        == Array(deletable.map(\.file).prefix(5)))
            }
            var paged: [RecordedFile] = []
            while true {
                let page = try await store.footage.allFiles(of: cameras[1], after: paged.last?.path ?? "", limit: 7)
                guard !page.isEmpty else { break }
                paged += page
            }
            #expect(Set(paged) == Set(recordings.map(\.file).filter { $0.camera == cameras[1] }))
            #expect(paged.count == 60)
            #expect(try await store.footage.totalBytes() == recordings.reduce(0) { $0 + $1.file.sizeBytes })
            #expect(try await store.footage.unclosedFiles().count == recordings.filter { !$0.isClosed }.count)
        }
    }

    @Test(arguments: Engine.all) func `days with footage are those of the zone's calendar`(engine: Engine) async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let zone = TerritoryZone.shanghai
            func time(_ text: String) throws -> UTCTime { try #require(zone.parse(text)) }
            // Over midnight into the 3rd; within the 5th; opened without a picture on the 7th.
            let recordings = [
                Recording(of: camera.id, at: try time("2026-11-02T23:59:58"), segments: 2, number: 1),
                Recording(of: camera.id, at: try time("2026-11-05T00:00:00"), segments: 1, number: 2),
                Recording(of: camera.id, at: try time("2026-11-07T12:00:00"), segments: 0, number: 3),
                Recording(of: camera.id, at: try time("2026-11-30T12:00:00"), segments: 1, number: 4),
            ]
            try await store.footage.record(recordings.flatMap(\.changes))
            let month = TimeSpan(start: try time("2026-11-01T00:00:00"), end: try time("2026-12-01T00:00:00"))
            let days = try await store.footage.days(of: camera.id, in: month, zone: zone)
            #expect(days.map(\.date) == ["2026-11-02", "2026-11-03", "2026-11-05", "2026-11-30"])
        }
    }

    @Test(arguments: Engine.all) func `gaps that continue are one, others stand apart`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            func gap(_ from: Int64, _ to: Int64, _ reason: RecordingGap.Reason = .offline) -> RecordingGap {
                RecordingGap(
                    camera: camera.id,
                    span: TimeSpan(start: UTCTime(milliseconds: from), end: UTCTime(milliseconds: to)), reason: reason)
            }
            try await store.footage.record(
                [
                    gap(10, 20), gap(10, 30), gap(30, 40), gap(40, 50, .diskFull), gap(60, 70, .diskFull), gap(70, 70),
                    gap(60, 65, .diskFull),
                ].map { .gap($0) })
            let all = TimeSpan(start: UTCTime(milliseconds: 0), end: UTCTime(milliseconds: 100))
            #expect(
                try await store.footage.gaps(of: camera.id, overlapping: all)
                    == [gap(10, 40), gap(40, 50, .diskFull), gap(60, 70, .diskFull)])
            let middle = TimeSpan(start: UTCTime(milliseconds: 50), end: UTCTime(milliseconds: 60))
            #expect(try await store.footage.gaps(of: camera.id, overlapping: middle) == [])
            try await store.footage.removeGaps(of: camera.id, endedBefore: UTCTime(milliseconds: 50))
            #expect(try await store.footage.gaps(of: camera.id, overlapping: all) == [gap(60, 70, .diskFull)])
        }
    }

    @Test(arguments: Engine.all) func `deleted footage leaves its proof in the ledger`(engine: Engine) async throws {
        try await withStore(engine) { store, temporary in
            let camera = try await store.addCamera()
            let recordings = (0..<3).map { number in
                Recording(
                    of: camera.id, at: TemporaryStore.now + .seconds(60 * number), segments: 4, number: number)
            }
            try await store.footage.record(recordings.flatMap(\.changes))
            let paths = recordings.prefix(2).map(\.file.path)
            try await store.footage.removeFiles(
                paths + ["nobody/knows.mp4"], because: .age, at: TemporaryStore.now)
            #expect(try await store.footage.totalBytes() == recordings[2].file.sizeBytes)
            #expect(try await store.footage.segments(ofFile: paths[0]) == [])
            let raw = try temporary.openRaw()
            #expect(try raw.integer("select count(*) from recorded_segment") == 4)
            try raw.close()

            let entries = try await store.read {
                try $0.ledger.entries(LedgerFilter(act: .footageDeleted), before: nil, limit: 9)
            }
            let entry = try #require(entries.first)
            #expect(entries.count == 1 && entry.subject == "camera/\(camera.id)" && entry.actor == .node)
            let payload = try #require(JSON(parsing: entry.payload))
            #expect(payload["reason"] == "age")
            let files = try #require(payload["files"]?.array)
            #expect(files.count == 2)
            for (file, recording) in zip(files, recordings) {
                #expect(file["path"]?.string == recording.file.path)
                #expect(file["bytes"]?.int == recording.file.sizeBytes)
                let digest = SHA256.hash(data: Data(recording.segments.flatMap(\.sha256)))
                #expect(file["segments"] == ["count": 4, "sha256": .string(Array(digest).hexadecimal)])
            }
            try await store.footage.removeFiles([], because: .age, at: TemporaryStore.now)
            #expect(try await store.verifyLedger().entries == 1)
        }
    }

    @Test(arguments: Engine.all) func `a repaired file replaces what the index said, or is added`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let wrong = Recording(of: camera.id, at: TemporaryStore.now, segments: 2, isClosed: false)
            let right = Recording(of: camera.id, at: TemporaryStore.now, segments: 7)
            try await store.footage.record(wrong.changes)
            try await store.footage.replaceFile(
                right.file, segments: right.segments, by: .console, at: TemporaryStore.now)
            let added = Recording(of: camera.id, at: TemporaryStore.now + .seconds(60), segments: 1, number: 1)
            try await store.footage.replaceFile(
                added.file, segments: added.segments, by: .console, at: TemporaryStore.now)
            #expect(try await store.footage.allFiles(of: camera.id) == [right.file, added.file])
            #expect(try await store.footage.segments(ofFile: right.file.path) == right.segments)
            #expect(try await store.footage.unclosedFiles() == [])
            #expect(try await store.footage.totalBytes() == right.file.sizeBytes + added.file.sizeBytes)
            let entries = try await store.read {
                try $0.ledger.entries(LedgerFilter(act: .indexRepaired), before: nil, limit: 9)
            }
            #expect(entries.count == 2 && entries.allSatisfy { $0.actor == .console })
            #expect(JSON(parsing: entries[0].payload)?["before"] == .null)
            #expect(JSON(parsing: entries[1].payload)?["before"]?["count"] == 2)
        }
    }

    @Test(arguments: Engine.all) func `protection is told to the ledger once and ends when asked`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let recording = Recording(of: camera.id, at: TemporaryStore.now, segments: 2)
            try await store.footage.record(recording.changes)
            let span = ProtectedSpan(camera: camera.id, span: recording.file.span, reason: "老鼠")
            for _ in 0..<2 { try await store.footage.protect(span, by: .console, at: TemporaryStore.now) }
            #expect(try await store.footage.protectedSpans(of: camera.id, overlapping: span.span) == [span])
            #expect(try await store.footage.oldestDeletableFiles(limit: 5) == [])
            #expect(try await store.footage.unprotect(span, by: .console, at: TemporaryStore.now))
            #expect(try await !store.footage.unprotect(span, by: .console, at: TemporaryStore.now))
            #expect(try await store.footage.oldestDeletableFiles(limit: 5) == [recording.file])
            #expect(try await store.verifyLedger().entries == 2)
        }
    }
}

/// A file with segments of 2.033333 s, as a recorder tells it.
struct Recording {
    var file: RecordedFile
    var segments: [RecordedSegment]
    var isClosed: Bool
    var number: Int
    private let opened: RecordedFile

    init(of camera: CameraID, at start: UTCTime, segments count: Int, isClosed: Bool = true, number: Int = 0) {
        let path = "\(camera)/2026-11-23/\(start.milliseconds)-\(number).mp4"
        let duration = Duration.microseconds(2_033_333)
        file = RecordedFile(
            camera: camera, path: path, start: start, duration: .zero, sizeBytes: 1000, initBytes: 1000,
            codecs: "avc1.64001F", width: 1920, height: 1080)
        opened = file
        segments = (0..<count).map { index in
            RecordedSegment(
                camera: camera, path: path, start: start + duration * index, duration: duration,
                offset: 1000 + Int64(index) * 50_000, length: 50_000,
                sha256: Array(SHA256.hash(data: Data("\(path)#\(index)".utf8))))
        }
        self.isClosed = isClosed
        self.number = number
        file.sizeBytes += Int64(count) * 50_000 + (isClosed ? 64 : 0)
        if let last = segments.last {
            // A start is kept in whole milliseconds.
            file.duration = .microseconds(last.endMicroseconds - start.milliseconds * 1000)
        }
    }

    var changes: [RecordingChange] {
        [.opened(opened)] + segments.map { .segment($0) }
            + (isClosed ? [.closed(camera: file.camera, path: file.path, sizeBytes: file.sizeBytes)] : [])
    }
}

extension RecordedSegment {
    var endMicroseconds: Int64 { start.milliseconds * 1000 + duration.inMicroseconds }
}

extension RecordedFile {
    /// The first millisecond that no part of it touches.
    var endMilliseconds: Int64 { start.milliseconds + (duration.inMicroseconds + 999) / 1000 }
}
