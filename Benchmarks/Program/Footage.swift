import Domain
import Foundation
import Store
import TestSupport

/// Records made through Store, as the program itself makes them, for measures that would need a month otherwise.
struct Footage {
    let store: Store

    /// Opens a data folder's records; the program must not run.
    static func open(data: String) async throws -> Footage {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        return Footage(
            store: try await Store.open(
                at: .file(data + "/mingchu.sqlite"), key: SealingKey.loadOrCreate(at: data + "/cameras.key"),
                now: Self.now))
    }

    static var now: UTCTime { UTCTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// Cameras that are switched off: they have a past and no present.
    func addCameras(_ count: Int) async throws -> [CameraID] {
        let school = School(id: SchoolID(at: Self.now), name: "Bench")
        let area = Area(id: AreaID(at: Self.now), school: school.id, kind: .cooking)
        let cameras = (1...count).map { number in
            Camera(
                id: CameraID(at: Self.now), area: area.id, name: "camera \(number)",
                main: SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: 9, path: "/\(number)"), isEnabled: false)
        }
        try await store.write { records in
            try records.places.add(school, at: Self.now)
            try records.places.add(area, at: Self.now)
            for camera in cameras { try records.cameras.add(camera, at: Self.now) }
        }
        return cameras.map(\.id)
    }

    /// A recorded file's path, as the recorder names it.
    static func path(of camera: CameraID, at start: UTCTime) -> String {
        let local = TerritoryZone.shanghai.civil(start)
        return "\(camera)/\(local.date)/\(local.clock.replacing(":", with: "-")).mp4"
    }

    /// Index rows for a span without files: five-minute files of four-second segments.
    func index(_ camera: CameraID, _ span: TimeSpan, using generator: inout SeededGenerator) async throws {
        var start = span.start
        while start < span.end {
            var changes: [RecordingChange] = []
            // A transaction for each six hours.
            let end = min(span.end, start + .seconds(6 * 3600))
            while start < end {
                let path = Self.path(of: camera, at: start)
                changes.append(
                    .opened(
                        RecordedFile(
                            camera: camera, path: path, start: start, duration: .zero, sizeBytes: 900, initBytes: 900,
                            codecs: "avc1.640028", width: 1920, height: 1080)))
                var offset: Int64 = 900
                for number in 0..<75 {
                    let length = Int.random(in: 1_400_000...1_600_000, using: &generator)
                    changes.append(
                        .segment(
                            RecordedSegment(
                                camera: camera, path: path, start: start + .seconds(4 * number), duration: .seconds(4),
                                offset: offset, length: length, sha256: generator.bytes(32))))
                    offset += Int64(length)
                }
                changes.append(.closed(camera: camera, path: path, sizeBytes: offset))
                start = start + .seconds(300)
            }
            try await store.footage.record(changes)
        }
    }
}
