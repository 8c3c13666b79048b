import Domain
import Supervision

extension CountyChapter {
    /// Where the schools are, for the map in the hall: an invented county, nowhere in particular. (大厅地图)
    static let hall = CountyChapter { stage in
        var dice = stage.dice("positions")
        // Around a point in the Yellow Sea, so that nobody looks for it on a map; each in a row of its own, so that names on
        // the wall don't lie over one another.
        let corners = [(33.695, 122.35), (33.545, 122.48), (33.545, 122.24)]
        var rows = corners.map { _ in Array(0..<8) }
        var positions: [SchoolPosition] = []
        for school in stage.schools {
            let township = school.plan.township % corners.count
            guard !rows[township].isEmpty else { continue }
            let row = rows[township].remove(at: dice.whole(0...rows[township].count - 1))
            guard
                let point = GeoPoint(
                    latitude: corners[township].0 - Double(row) * 0.0175 + dice.between(-0.002, 0.002),
                    longitude: corners[township].1 + dice.between(0, 0.1))
            else { continue }
            positions.append(SchoolPosition(name: school.school.name, point: point))
        }
        let administrator = stage.people.administrator
        try await stage.supervision.halls.setPositions(positions, by: administrator)
        if let outline = outline { try await stage.supervision.halls.setOutline(outline, by: administrator) }
    }

    private static var outline: CountyOutline? {
        let border = [
            (122.20, 33.56), (122.26, 33.66), (122.36, 33.72), (122.47, 33.73), (122.58, 33.66), (122.66, 33.57),
            (122.68, 33.46), (122.61, 33.38), (122.49, 33.37), (122.38, 33.41), (122.27, 33.42), (122.20, 33.48),
        ].compactMap { GeoPoint(latitude: $0.1, longitude: $0.0) }
        return CountyOutline([[border]])
    }
}
