public import Domain
public import FFmpeg

/// From one picture to the next: motion, recognition, tracks, rules. (画面分析)
///
/// Everything is measured by the stream's own clock, so that a file gives the same captures at any speed.
public struct PictureAnalysis: Sendable {
    /// A picture without motion is searched all the same so often, for somebody who stood there from the beginning.
    private static let fullSearch = 60.0
    /// Between two judgements of the same head; five pictures a second tell little more than two or three.
    private static let headInterval = 0.35
    /// In one picture at most.
    private static let mostHeads = 8
    private static let mostPests = 6
    /// Between two searches where nothing moves, at least: less than a track's patience, more than most cameras' time from
    /// one keyframe to the next. A cook on a poster stands still all day.
    private static let stillSearch = 3.0
    /// Between two searches while everybody is known: half of the pictures. Who is new is met 0.2 s later; a rule takes
    /// seconds.
    private static let steadySearch = 0.35
    /// So long after the last motion people who stand still are looked at in keyframes only.
    private static let stillness = 20.0

    /// How closely pictures are looked at.
    public enum Care: Sendable, Hashable {
        /// As a camera's are, day and night: only where something moves, heads now and then.
        case economical
        /// As somebody's who asks for this very file: everything in every picture.
        case thorough
    }

    private let care: Care
    private let settings: AnalysisSettings
    private let hours: WorkingHours
    private let zone: TerritoryZone
    private var grid = LumaGrid()
    private var motion: MotionSearch
    private var tracker = PersonTracker()
    private var personRules = PersonRules()
    private var pestSearch = PestSearch()
    private var pestRules = PestRules()
    public private(set) var integrity: CameraIntegrity
    private var book: IncidentBook
    private var lastSearch: Moment?
    private var lastMotion: Moment?
    private var judged: [PersonTrack.ID: Moment] = [:]
    private var sinceDetection = 0
    private(set) var times = StageTimes()

    public init(
        camera: CameraID, settings: AnalysisSettings, hours: WorkingHours, zone: TerritoryZone, models: String,
        care: Care = .economical, reference: SceneReference = SceneReference()
    ) {
        self.care = care
        self.settings = settings
        self.hours = hours
        self.zone = zone
        motion = MotionSearch(masks: settings.masks)
        integrity = CameraIntegrity(reference: reference)
        book = IncidentBook(camera: camera, settings: settings, hours: hours, zone: zone, models: models)
    }

    /// What became of one picture.
    public struct Outcome: Sendable {
        public var picture: AnalysedPicture
        public var changes: [IncidentBook.Change]
        /// Look at everything for so long: something is going on.
        public var attention: Duration?
    }

    /// - Parameters:
    ///   - recognition: nil where no models can be used; then only the camera itself is watched.
    ///   - every: a machine that can't keep up searches only each so-maniest picture for people; 1 = all. Pests keep theirs.
    public mutating func look(
        at picture: borrowing Picture, _ moment: Moment, with recognition: (any Recognition)?, every: Int = 1
    ) throws -> Outcome {
        var start = StageTimes.now
        grid.fill(from: picture)
        let motion = self.motion.look(grid, at: moment.time, known: tracker.tracks.map(\.box))
        times.add(.motion, since: start)
        var outcome = Outcome(
            picture: AnalysedPicture(
                moment: moment, width: picture.width, height: picture.height, isRecord: false, people: [], heads: [],
                phones: [], rodents: [], insects: []),
            changes: [], attention: nil)

        start = StageTimes.now
        outcome.changes += integrity.look(
            grid, share: motion.share, hour: zone.civil(moment.wall).hour,
            isWorking: hours.contains(moment.wall, in: zone), at: moment, settings: settings, &book)
        times.add(.integrity, since: start)

        let moving = motion.solid
        if !moving.isEmpty { lastMotion = moment }
        if let recognition {
            try recognise(picture, moment, moving, motion, recognition, every, &outcome)
        }
        outcome.changes += book.settle(at: moment)
        outcome.picture.isRecord = !moving.isEmpty || !tracker.tracks.isEmpty
        if !moving.isEmpty {
            outcome.attention = .seconds(3)
        } else if tracker.tracks.contains(where: { !$0.isConfirmed }) {
            // Somebody who was there before anything moved: another look at once, not at the next keyframe.
            outcome.attention = .seconds(1)
        } else if hasPeople, let lastMotion, moment.seconds(since: lastMotion) < Self.stillness {
            outcome.attention = .seconds(3)
        }
        return outcome
    }

    /// The last search found somebody. A track that only waits keeps nobody awake: who comes back, moves.
    private var hasPeople: Bool { tracker.tracks.contains { $0.last == lastSearch } }

    /// The stream has ended or begins anew with another clock.
    public mutating func endAll() -> [IncidentBook.Change] {
        tracker = PersonTracker()
        personRules = PersonRules()
        pestSearch = PestSearch()
        pestRules = PestRules()
        judged = [:]
        lastSearch = nil
        lastMotion = nil
        motion.restartClock()
        integrity.restartClock()
        return book.endAll()
    }

    private mutating func recognise(
        _ picture: borrowing Picture, _ moment: Moment, _ moving: [Motion.Region], _ motion: Motion,
        _ recognition: any Recognition, _ every: Int, _ outcome: inout Outcome
    ) throws {
        let isDue =
            care == .thorough || lastSearch.map { moment.seconds(since: $0) >= Self.fullSearch } ?? true
        let isStill = lastMotion.map { moment.seconds(since: $0) >= Self.stillness } ?? true
        // Who was seen once only is looked at again at once.
        let pause =
            !tracker.tracks.allSatisfy(\.isConfirmed) ? 0 : isStill ? Self.stillSearch : Self.steadySearch
        let isRested = lastSearch.map { moment.seconds(since: $0) >= pause } ?? true
        let isWanted = isRested && (!moving.isEmpty || motion.isGlobal || !tracker.tracks.isEmpty)
        sinceDetection += 1
        var found: [Recognized] = []
        if isDue || isWanted && sinceDetection >= every {
            sinceDetection = 0
            lastSearch = moment
            let start = StageTimes.now
            found = try recognition.detect(picture).filter { !settings.isMasked($0.box.centre) }
            times.add(.detect, since: start)
            try followPeople(found, picture, moment, recognition, &outcome)
        }
        try followPests(found, picture, moment, motion, recognition, &outcome)
    }

    private mutating func followPeople(
        _ found: [Recognized], _ picture: borrowing Picture, _ moment: Moment, _ recognition: any Recognition,
        _ outcome: inout Outcome
    ) throws {
        func parts(_ label: Recognized.Label) -> [PersonSighting.Part] {
            found.filter { $0.label == label }.map { PersonSighting.Part(box: $0.box, score: $0.score) }
        }
        let heads = parts(.head)
        outcome.picture.people = parts(.person)
        outcome.picture.rodents = parts(.rodent)
        outcome.picture.insects = parts(.insect)
        personRules.forget(tracker.update(PersonSighting.pair(bodies: parts(.person), heads: heads), at: moment))
        let present = tracker.tracks.filter { $0.last == moment }
        let states = try judgeHeads(of: present, picture, moment, recognition)
        let phones = try confirmPhones(parts(.phone), picture, recognition)
        outcome.picture.phones = phones
        outcome.picture.heads = heads.map { head in
            let owner = present.first { $0.sighting.head == head }
            return AnalysedPicture.Head(sight: head, state: owner.flatMap { states[$0.id] })
        }
        let looks = present.filter(\.isConfirmed).map { track in
            PersonRules.Look(
                track: track, head: states[track.id],
                phone: phones.filter { Self.isInHand($0.box, of: track) }.max { $0.score < $1.score })
        }
        outcome.changes += personRules.look(
            looks, others: Self.sights(found), at: moment, settings: settings, &book)
    }

    /// Heads that are large enough and due, the ones that waited longest first.
    private mutating func judgeHeads(
        of tracks: [PersonTrack], _ picture: borrowing Picture, _ moment: Moment, _ recognition: any Recognition
    ) throws -> [PersonTrack.ID: HeadState] {
        let height = Double(picture.height)
        var due: [(id: PersonTrack.ID, box: PictureBox, waited: Double)] = []
        for track in tracks {
            guard let head = track.sighting.head, head.box.height * height >= Double(settings.leastHeadPixels) else {
                continue
            }
            let waited = judged[track.id].map { moment.seconds(since: $0) } ?? .infinity
            if waited >= Self.headInterval || care == .thorough { due.append((track.id, head.box, waited)) }
        }
        due.sort { ($0.waited, $1.id) > ($1.waited, $0.id) }
        if care == .economical { due = Array(due.prefix(Self.mostHeads)) }
        guard !due.isEmpty else { return [:] }
        let start = StageTimes.now
        let states = try recognition.heads(due.map(\.box), in: picture)
        times.add(.attributes, since: start)
        for head in due { judged[head.id] = moment }
        let alive = Set(tracker.tracks.map(\.id))
        judged = judged.filter { alive.contains($0.key) }
        return Dictionary(zip(due.map(\.id), states), uniquingKeysWith: { first, _ in first })
    }

    private func confirmPhones(
        _ candidates: [PersonSighting.Part], _ picture: borrowing Picture, _ recognition: any Recognition
    ) throws -> [PersonSighting.Part] {
        guard !candidates.isEmpty else { return [] }
        let best = Array(candidates.sorted { $0.score > $1.score }.prefix(4))
        let scores = try recognition.phones(best.map(\.box), in: picture)
        // Both must believe in it.
        return zip(best, scores).compactMap { candidate, score in
            score >= 0.5
                ? PersonSighting.Part(box: candidate.box, score: (candidate.score * score).squareRoot()) : nil
        }
    }

    private mutating func followPests(
        _ found: [Recognized], _ picture: borrowing Picture, _ moment: Moment, _ motion: Motion,
        _ recognition: any Recognition, _ outcome: inout Outcome
    ) throws {
        // Also where they have gone since the last search: a hand is no rat.
        let people = tracker.tracks.map { $0.box.union($0.expected(at: moment)) }
        let boxes = PestSearch.candidates(in: motion, people: people)
        let paths = pestSearch.look(boxes, at: moment)
        let interesting = Array(
            paths.filter { $0.looks >= 2 }.sorted { $0.farthest > $1.farthest }.prefix(Self.mostPests))
        guard !interesting.isEmpty else { return }
        let start = StageTimes.now
        let scores = try recognition.pests(interesting.map(\.box), in: picture)
        times.add(.pests, since: start)
        let looks = zip(interesting, scores).map { path, score in
            func seen(_ label: Recognized.Label) -> Double {
                found.filter { $0.label == label && $0.box.overlap(path.box) > 0.2 }.map(\.score).max() ?? 0
            }
            return PestRules.Look(
                path: path, rodent: max(score.rodent, seen(.rodent)), insect: max(score.insect, seen(.insect)))
        }
        outcome.changes += pestRules.look(
            looks, bar: recognition.pestBar, people: !people.isEmpty, others: Self.sights(found), at: moment,
            settings: settings, &book)
        pestRules.keep(only: pestSearch.paths)
    }

    /// At a hand or the head: within reach of the body's upper three quarters.
    private static func isInHand(_ phone: PictureBox, of track: PersonTrack) -> Bool {
        var reach = track.box.grown(horizontally: 0.2, vertically: 0.02)
        reach.height *= 0.78
        let centre = phone.centre
        return centre.x >= reach.x && centre.x <= reach.x + reach.width && centre.y >= reach.y
            && centre.y <= reach.y + reach.height
    }

    private static func sights(_ found: [Recognized]) -> [Capture.Sight] {
        found.map { Capture.Sight(label: $0.label.rawValue, box: $0.box, score: $0.score) }
    }
}
