import Domain
import Logging
import Supervision
import Vision

/// Files the pictures that the analysis draws for the blind sample, and how many it drew them from.
struct SampleFiling: Sendable {
    let samples: FrameSamples
    let folder: EvidenceFolder
    /// Of each camera and day; 0 = none.
    let size: Int
    let zone: TerritoryZone
    let log: Logger

    /// How each camera goes on with its day: as it runs now, or as it was left when the program ended.
    func begun(
        _ cameras: [CameraID], at now: UTCTime, running: [CameraID: DailyFrameSample]
    ) async throws -> [CameraID: DailyFrameSample] {
        guard size > 0 else { return [:] }
        let today = Day(of: now, in: zone)
        var begun = running
        for camera in cameras where running[camera] == nil {
            begun[camera] =
                try await samples.sample(of: camera, on: today).map { sample in
                    DailyFrameSample(size: size, zone: zone, day: today, sample: sample)
                } ?? DailyFrameSample(size: size, zone: zone)
        }
        return begun
    }

    /// First the file, then the row; what the day has no more room for goes.
    func keep(_ picture: SampledPicture, of camera: CameraID) async {
        var random = SystemRandomNumberGenerator()
        let code = FrameCode.random(using: &random)
        do {
            let file = try folder.write(code, of: camera, on: picture.day, picture.jpeg)
            let frame = SampledFrame(
                code: code, camera: camera, day: picture.day, time: picture.moment.wall,
                origin: .drawn(key: picture.key), file: file)
            for file in try await samples.keep(frame, in: picture.sample) { try folder.delete(file) }
        } catch {
            // A file without a row is deleted when the day is settled.
            log.error(
                "a picture of the blind sample can't be filed", metadata: ["camera": "\(camera)", "error": "\(error)"])
        }
    }

    func count(_ running: [CameraID: DailyFrameSample]) async {
        do {
            try await samples.count(running)
        } catch {
            log.error("can't count what the blind sample is drawn from", metadata: ["error": "\(error)"])
        }
    }
}
