import Domain
import Foundation
import Logging
import Vision

/// What each camera usually sees, kept over a restart: a file for each camera. A file that can't be read is as good as
/// none: the scene is learned anew within a minute.
struct SceneReferences: Sendable {
    let folder: String
    let log: Logger

    func load(_ camera: CameraID) -> SceneReference {
        guard let data = FileManager.default.contents(atPath: path(camera)) else { return SceneReference() }
        do {
            return try JSONDecoder().decode(SceneReference.self, from: data)
        } catch {
            log.notice("a learned scene can't be read; it is learned anew", metadata: ["camera": "\(camera)"])
            return SceneReference()
        }
    }

    func save(_ references: [CameraID: SceneReference]) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (camera, reference) in references {
                try JSONEncoder().encode(reference).write(
                    to: URL(fileURLWithPath: path(camera)), options: .atomic)
            }
        } catch {
            log.error("learned scenes can't be kept", metadata: ["error": "\(error)"])
        }
    }

    private func path(_ camera: CameraID) -> String { "\(folder)/\(camera).json" }
}
