import Domain
import Supervision

extension CountyChapter {
    /// How many pictures were analysed, school day by school day. (分析记录数)
    static let analysis = CountyChapter { stage in
        stage.each(dayAt: 21 * 60) { stage, day in
            var dice = stage.dice("analysis \(day)")
            var counts: [(camera: CameraID, hour: UTCTime, frames: Int, records: Int)] = []
            for school in stage.schools {
                for camera in school.cameras {
                    // Before and during lunch.
                    for hour in [7, 10] {
                        let records = dice.whole(4...12)
                        counts.append(
                            (
                                camera.id, day.time(minute: hour * 60, in: stage.zone),
                                records * dice.whole(40...70) + 600, records
                            ))
                    }
                }
            }
            let captures = stage.supervision.captures
            // Together, so that one commit keeps many.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for count in counts {
                    group.addTask {
                        try await captures.count(
                            count.camera, hour: count.hour, frames: count.frames, records: count.records)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
