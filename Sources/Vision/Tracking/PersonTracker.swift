public import Domain

/// Somebody who is followed from picture to picture.
public struct PersonTrack: Sendable, Hashable, Identifiable {
    public let id: Int
    public internal(set) var sighting: PersonSighting
    public internal(set) var first: Moment
    /// When last seen; between pictures in which nothing fits, the track waits.
    public internal(set) var last: Moment
    public internal(set) var sightings = 1
    /// Shares of the picture a second.
    var velocity = PicturePoint(x: 0, y: 0)

    public var box: PictureBox { sighting.box }

    /// Seen often enough to be believed: one wrong detection is nobody.
    public var isConfirmed: Bool { sightings >= 2 }

    func expected(at moment: Moment) -> PictureBox {
        let seconds = min(max(moment.seconds(since: last), 0), 1)
        var box = box
        box.x += velocity.x * seconds
        box.y += velocity.y * seconds
        return box
    }
}

/// Follows people by where they are expected to be. (目标跟踪)
///
/// Greedy by overlap, then by distance: in a kitchen at five pictures a second people overlap with themselves nearly
/// always, and the optimal assignment buys nothing (25 people cost a fraction of a millisecond this way).
public struct PersonTracker: Sendable {
    /// A track waits so long, in seconds, for its person to come out from behind a shelf; longer than from one keyframe
    /// to the next, which is all that is looked at while somebody stands still.
    static let patience = 4.5

    public private(set) var tracks: [PersonTrack] = []
    private var nextID = 1

    public init() {}

    /// - Returns: tracks that were given up now.
    @discardableResult
    public mutating func update(_ people: [PersonSighting], at moment: Moment) -> [PersonTrack] {
        var pairs: [(track: Int, person: Int, closeness: Double)] = []
        for (trackIndex, track) in tracks.enumerated() {
            let expected = track.expected(at: moment)
            for (personIndex, person) in people.enumerated() {
                let closeness = Self.closeness(track, expected, person, at: moment)
                if closeness > 0 { pairs.append((trackIndex, personIndex, closeness)) }
            }
        }
        pairs.sort { ($0.closeness, $1.track, $1.person) > ($1.closeness, $0.track, $0.person) }
        var takenTracks = Set<Int>()
        var takenPeople = Set<Int>()
        for pair in pairs where !takenTracks.contains(pair.track) && !takenPeople.contains(pair.person) {
            takenTracks.insert(pair.track)
            takenPeople.insert(pair.person)
            tracks[pair.track].take(people[pair.person], at: moment)
        }
        var lost: [PersonTrack] = []
        tracks.removeAll { track in
            let patience = track.isConfirmed ? Self.patience : 0.7
            guard moment.seconds(since: track.last) > patience else { return false }
            lost.append(track)
            return true
        }
        for (index, person) in people.enumerated() where !takenPeople.contains(index) {
            tracks.append(PersonTrack(id: nextID, sighting: person, first: moment, last: moment))
            nextID += 1
        }
        return lost
    }

    /// 1…2 for those that overlap, 0…1 for those that are only near, 0 for strangers.
    private static func closeness(
        _ track: PersonTrack, _ expected: PictureBox, _ person: PersonSighting, at moment: Moment
    ) -> Double {
        var overlap = expected.overlap(person.box)
        if let before = track.sighting.head?.box, let now = person.head?.box {
            overlap = max(overlap, before.overlap(now))
        }
        if overlap > 0.15 { return 1 + overlap }
        let reach = max(expected.width, expected.height * 0.4) * (0.8 + min(moment.seconds(since: track.last), 2))
        let (from, to) = (expected.centre, person.box.centre)
        let (x, y) = (to.x - from.x, to.y - from.y)
        let distance = (x * x + y * y).squareRoot()
        // Somebody twice as tall is somebody else.
        let ratio = person.box.height / max(expected.height, 1e-6)
        guard distance < reach, ratio > 0.45, ratio < 2.2 else { return 0 }
        return 1 - distance / reach
    }
}

extension PersonTrack {
    fileprivate mutating func take(_ person: PersonSighting, at moment: Moment) {
        let seconds = moment.seconds(since: last)
        if seconds > 0 {
            let (from, to) = (box.centre, person.box.centre)
            let weight = 0.5
            velocity.x += ((to.x - from.x) / seconds - velocity.x) * weight
            velocity.y += ((to.y - from.y) / seconds - velocity.y) * weight
        }
        sighting = person
        last = moment
        sightings += 1
    }
}
