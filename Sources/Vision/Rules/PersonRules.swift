public import Domain

/// What people do and wear, from look to look, against the rules.
public struct PersonRules: Sendable {
    /// What is known of a tracked person in one picture.
    public struct Look: Sendable, Hashable {
        public var track: PersonTrack
        /// nil = not judged in this picture.
        public var head: HeadState?
        /// A phone at the person's hand or head.
        public var phone: PersonSighting.Part?

        public init(track: PersonTrack, head: HeadState?, phone: PersonSighting.Part?) {
            self.track = track
            self.head = head
            self.phone = phone
        }
    }

    private struct Evidence: Sendable {
        /// A good model is right in most looks; a single slip neither makes nor breaks a case.
        var noHat = Sustained(leastShare: 0.7, leastLooks: 3, longestPause: 4.5)
        var noMask = Sustained(leastShare: 0.7, leastLooks: 3, longestPause: 4.5)
        /// A phone turns its edge to the camera every other moment.
        var phone = Sustained(leastShare: 0.4, leastLooks: 3, longestPause: 4.5)
        var presence = Sustained(leastShare: 0.5, leastLooks: 3, longestPause: 4.5)
    }

    private var evidence: [PersonTrack.ID: Evidence] = [:]

    public init() {}

    /// - Parameter others: everything recognised in the picture, for the capture.
    public mutating func look(
        _ looks: [Look], others: [Capture.Sight], at moment: Moment, settings: AnalysisSettings,
        _ book: inout IncidentBook
    ) -> [IncidentBook.Change] {
        var changes: [IncidentBook.Change] = []
        let present = Set(looks.map(\.track.id))
        for look in looks {
            var known = evidence[look.track.id] ?? Evidence()
            let place = look.track.box.foot
            func judge(
                _ item: CaptureItem, _ sustained: inout Sustained, _ answer: Bool?, _ score: Double, _ box: PictureBox?,
                quality: Double
            ) {
                guard book.applies(item, at: moment, place: place) else { return }
                let since = sustained.add(answer, at: moment, for: settings.rule(item).sustainedSeconds)
                // Once open, each further yes keeps it open.
                let goesOn = answer == true && book.isOpen(item, subject: look.track.id)
                guard since != nil || goesOn else { return }
                let sight = Observation(score: score, box: box, quality: quality, others: others)
                if let change = book.see(
                    item, subject: look.track.id, since: since ?? moment, sight, at: moment, present: present)
                {
                    changes.append(change)
                }
            }
            let head = look.track.sighting.head
            let size = head.map { min($0.box.height * 8, 1) } ?? 0
            if let state = look.head {
                judge(
                    .noHat, &known.noHat, state.hat.violation(settings.rule(.noHat)), state.hat.absence, head?.box,
                    quality: state.hat.absence * (0.4 + size))
                judge(
                    .noMask, &known.noMask, state.mask.violation(settings.rule(.noMask)), state.mask.absence, head?.box,
                    quality: state.mask.absence * (0.4 + size))
            }
            judge(
                .phone, &known.phone, look.phone != nil, look.phone?.score ?? 0, look.phone?.box,
                quality: look.phone?.score ?? 0)
            judge(
                .nightPresence, &known.presence, true, look.track.sighting.score, look.track.box,
                quality: look.track.sighting.score * (0.4 + min(look.track.box.height, 1)))
            evidence[look.track.id] = known
        }
        return changes
    }

    public mutating func forget(_ lost: [PersonTrack]) {
        for track in lost { evidence[track.id] = nil }
    }
}

extension Attribute {
    /// Yes, no, or unknown: whether it is absent for certain, by the model's threshold or a stricter one of the rule.
    fileprivate func violation(_ rule: CaptureRule) -> Bool? {
        switch state {
        case .absent:
            if let threshold = rule.threshold, absence < threshold { return nil }
            return true
        case .present: return false
        case .unknown: return nil
        }
    }
}
