import Bitstream
import Documents
import Domain
import FFmpeg
import ISOBMFF
import Vision

/// Makes one camera's public picture: decode, search for heads, wait, cover, write on it, encode. For one thread.
///
/// Every eighth of a second exactly one picture leaves. Whether it is the camera's or a notice is decided then: only a
/// picture that was searched, whose neighbours were searched, and that is covered leaves at all.
struct PublicWorker: ~Copyable {
    /// Pictures are searched so long before they are seen: what comes after one decides over it too.
    private static let lead = CoverTimeline.ahead + .milliseconds(500)
    /// Older than it should be by so much, a picture is not searched any more: the machine can't keep up.
    private static let tardy = Duration.seconds(1)
    private static let lookTicks = Int64(90_000 / PublicScreenSettings.rate)

    private let screen: PublicScreen
    private let units: DelayedUnits
    private let settings: PublicScreenSettings
    private let search: any HeadSearch
    private let watermark: Watermark
    private let notices: [NoticePicture.Kind: NoticePicture]
    private let start: Duration
    private var encoder: Encoder
    private var writer: FragmentWriter
    private var decoder: Decoder?
    private var scaler = Scaler()
    private var nextLook: Time90k?
    private var timeline = CoverTimeline()
    /// Searched, not yet seen, in order of time.
    private var held: [PublicPicture] = []
    private var shown: PublicPicture?
    private var lastTime = Duration.zero
    /// When a picture was kept back last because it could not be covered.
    private var lastDoubt: Duration?

    private init(
        screen: PublicScreen, units: DelayedUnits, settings: PublicScreenSettings, search: any HeadSearch,
        watermark: Watermark, notices: [NoticePicture.Kind: NoticePicture], encoder: consuming Encoder, start: Duration
    ) {
        self.screen = screen
        self.units = units
        self.settings = settings
        self.search = search
        self.watermark = watermark
        self.notices = notices
        self.start = start
        // Parts end at keyframes alone.
        writer = FragmentWriter(format: encoder.format, partDuration: .seconds(20))
        self.encoder = encoder
    }

    /// - Throws: when there is no encoder or no font: then nothing is shown.
    static func open(
        _ screen: PublicScreen, _ units: DelayedUnits, _ settings: PublicScreenSettings, _ search: any HeadSearch,
        now: Duration
    ) throws -> PublicWorker {
        let watermark = try Watermark(label: settings.label, zone: settings.zone)
        var notices: [NoticePicture.Kind: NoticePicture] = [:]
        for kind in NoticePicture.Kind.allCases { notices[kind] = try NoticePicture(kind) }
        let encoder = try Encoder.open(
            Encoder.Settings(
                width: PublicScreenSettings.width, height: PublicScreenSettings.height,
                framesPerSecond: Double(PublicScreenSettings.rate),
                keyframeInterval: PublicScreenSettings.segmentPictures, rate: .quality(27), preset: .superfast))
        screen.begin(InitializationSegment(format: encoder.format).bytes)
        return PublicWorker(
            screen: screen, units: units, settings: settings, search: search, watermark: watermark, notices: notices,
            encoder: encoder, start: now)
    }

    /// Until nobody watches, or it is stopped.
    mutating func run(_ interruption: Interruption, time: TimeSource) throws {
        var next = time.monotonic()
        while !interruption.isCancelled, screen.isWanted {
            try tick(at: time.monotonic())
            next += PublicScreenSettings.interval
            // After a stop of the whole machine there is nothing to catch up with.
            if time.monotonic() - next > .seconds(2) { next = time.monotonic() }
            guard interruption.sleep(until: next) else { return }
        }
    }

    /// Reads what is due and gives out one picture.
    mutating func tick(at now: Duration) throws {
        let due = now - (settings.delay - Self.lead)
        for item in units.take(before: due) { read(item, due: due) }
        try emit(at: now)
        screen.beat()
    }

    // MARK: Reading

    private mutating func read(_ item: DelayedUnits.Item, due: Duration) {
        guard case .unit(let unit, let wall, let arrival) = item else {
            decoder = nil
            nextLook = nil
            return
        }
        do {
            if decoder == nil {
                guard unit.isKey else { return }
                decoder = try Decoder.open(unit.format)
            }
            var pictures: [PublicPicture] = []
            let isTardy = due - arrival > Self.tardy
            var (nextLook, lastTime) = (nextLook, lastTime)
            var scaler = Scaler()
            swap(&scaler, &self.scaler)
            defer { swap(&scaler, &self.scaler) }
            try decoder?.decode(unit) { (picture) throws(FFmpegError) in
                guard Self.isDue(picture.presentationTime, &nextLook), !isTardy else { return }
                let size = PublicScreenSettings.size(of: picture.width, picture.height)
                let time = max(arrival, lastTime + .microseconds(1))
                lastTime = time
                pictures.append(
                    PublicPicture(
                        try scaler.scale(picture, width: size.width, height: size.height), time: time, wall: wall))
            }
            (self.nextLook, self.lastTime) = (nextLook, lastTime)
            for picture in pictures { look(at: picture) }
        } catch {
            // Whoever was in the picture that is missing may be in the next one too.
            timeline.add(nil, at: max(arrival, lastTime + .microseconds(1)))
            lastTime = max(arrival, lastTime + .microseconds(1))
            decoder = nil
        }
    }

    private static func isDue(_ time: Time90k, _ next: inout Time90k?) -> Bool {
        // A third early is better than a whole picture late; a clock that jumped begins anew.
        if let due = next, time.ticks + lookTicks / 3 < due.ticks, due.ticks - time.ticks < 450_000 { return false }
        next = Time90k(ticks: max((next?.ticks ?? time.ticks) + lookTicks, time.ticks + lookTicks / 2))
        return true
    }

    private mutating func look(at picture: PublicPicture) {
        let aspect = Double(picture.width) / Double(picture.height)
        let cover = picture.search(with: search).map { HeadCover($0, aspect: aspect) }
        timeline.add(cover, at: picture.time)
        held.append(picture)
    }

    // MARK: Giving out

    private mutating func emit(at now: Duration) throws {
        let target = now - settings.delay
        var next: PublicPicture?
        while let first = held.first, first.time <= target { next = held.removeFirst() }
        if let next {
            if let regions = timeline.cover(at: next.time) {
                try next.finish(covering: regions, watermark)
                shown = next
            } else {
                shown = nil
                lastDoubt = now
            }
        }
        timeline.forget(before: held.first?.time ?? target)
        if let shown, target - shown.time <= PublicScreenSettings.patience {
            try encode(shown.picture, at: now)
        } else {
            shown = nil
            try encode(notices[notice(at: now)]!.picture, at: now)
        }
    }

    private func notice(at now: Duration) -> NoticePicture.Kind {
        if let lastDoubt, now - lastDoubt <= PublicScreenSettings.patience { return .covered }
        return now - start <= settings.delay + PublicScreenSettings.patience ? .starting : .lost
    }

    private mutating func encode(_ picture: borrowing Picture, at now: Duration) throws {
        for unit in try encoder.encode(picture, at: Time90k(now - start)) {
            if let part = writer.append(unit) { screen.publish(part) }
        }
    }
}
