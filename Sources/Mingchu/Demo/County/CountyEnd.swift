import Domain
import Supervision

/// What is done when the year is over: from now on only the first school's kitchens are there to be looked at.
struct CountyEnd {
    let stage: CountyStage

    func settle() async throws {
        try await stage.supervision.footage.settleViewings(all: true)
        for school in stage.schools.dropFirst() {
            for camera in school.cameras {
                var off = camera
                off.isEnabled = false
                try await stage.supervision.cameras.change(off, by: stage.people.administrator)
            }
        }
        _ = try await stage.checkpoints.make()
    }
}
