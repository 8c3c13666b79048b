public import Bitstream
public import Domain
public import FFmpeg

/// From access units to the pictures that are worth a look: keyframes always, everything between them only while the
/// gate is open, and of those at most ``rate`` a second. Outside of working hours a gate that can't tell is open.
///
/// When the gate opens inside a group of pictures, the group is decoded from its keyframe on, so that the beginning of
/// an event is not lost.
public struct PictureReader: ~Copyable {
    /// Pictures a second that are looked at, at most.
    public static let rate = 5
    static let interval = Time90k(ticks: 90_000 / Int64(rate))
    /// A group longer than this is not kept: 12 s at 25 pictures a second.
    private static let longestGroup = 300

    public enum Looking: Sendable, Hashable {
        /// Only where the gate says so; for cameras.
        case gated
        /// Everything; for files.
        case everything
    }

    private let looking: Looking
    /// Nobody should be there, and what moves is small: where the gate can't tell, everything is decoded.
    public var isVigilant = false
    private var gate = ActivityGate()
    private var decoder: Decoder?
    private var format: VideoFormat?
    /// Since the last keyframe, while the gate is shut.
    private var group: [AccessUnit] = []
    /// The decoder has seen every unit of this group.
    private var isFollowing = false
    private var nextLook: Time90k?
    public private(set) var decoded = 0
    public private(set) var damaged = 0

    public init(_ looking: Looking) { self.looking = looking }

    /// Whether pictures between keyframes are being decoded.
    public var isOpen: Bool { looking == .everything || isFollowing }

    /// Something is there: go on looking until then.
    public mutating func hold(until time: Time90k) { gate.hold(until: time) }

    /// The connection was lost: what comes next begins anew with a keyframe. What the gate has learned stays.
    public mutating func interrupt() {
        gate.restartClock()
        group = []
        isFollowing = false
        nextLook = nil
        decoder = nil
        format = nil
    }

    /// - Parameter look: Gets each picture that is due, and whether it is a keyframe.
    /// - Throws: ``FFmpegError`` when a unit can't be decoded; the next keyframe begins anew.
    public mutating func take(
        _ unit: AccessUnit, look: (borrowing Picture, _ isKey: Bool) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        do throws(FFmpegError) {
            try read(unit, look)
        } catch {
            damaged += 1
            isFollowing = false
            group = []
            decoder = nil
            throw error
        }
    }

    private mutating func read(
        _ unit: AccessUnit, _ look: (borrowing Picture, _ isKey: Bool) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        let isAwake = gate.add(unit) || looking == .everything || isVigilant && gate.isBlind
        if unit.isKey {
            if isFollowing && !isAwake { try finish(look) }
            group = [unit]
            if !isAwake {
                isFollowing = false
                try decodeAlone(unit, look)
                return
            }
        } else {
            guard !group.isEmpty || isFollowing else { return }
            if !isFollowing {
                if group.count < Self.longestGroup { group.append(unit) } else { group = [] }
            }
        }
        guard isAwake || isFollowing else { return }
        if isFollowing {
            try decode(unit, look)
        } else {
            // Awake since this very unit: everything since the keyframe is decoded now.
            let units = group
            isFollowing = true
            group = unit.isKey ? group : []
            for unit in units { try decode(unit, look) }
        }
    }

    /// Shows what the decoder still holds; at the end of a file.
    public mutating func finish(
        _ look: (borrowing Picture, _ isKey: Bool) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        guard decoder != nil else { return }
        var due = nextLook
        var count = 0
        try decoder?.finish { (picture) throws(FFmpegError) in
            count += 1
            try Self.show(picture, &due, look)
        }
        decoded += count
        nextLook = due
    }

    private mutating func decodeAlone(
        _ unit: AccessUnit, _ look: (borrowing Picture, _ isKey: Bool) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        try open(unit)
        var shown = 0
        func show(_ picture: borrowing Picture) throws(FFmpegError) {
            shown += 1
            try look(picture, true)
        }
        try decoder?.decode(unit, show: show)
        try decoder?.finish(show: show)
        decoded += shown
        nextLook = unit.presentationTime + Self.interval
    }

    private mutating func decode(
        _ unit: AccessUnit, _ look: (borrowing Picture, _ isKey: Bool) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        try open(unit)
        var due = nextLook
        var count = 0
        try decoder?.decode(unit) { (picture) throws(FFmpegError) in
            count += 1
            try Self.show(picture, &due, look)
        }
        decoded += count
        nextLook = due
    }

    private static func show(
        _ picture: borrowing Picture, _ due: inout Time90k?,
        _ look: (borrowing Picture, _ isKey: Bool) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        let time = picture.presentationTime
        // A third of the interval early is better than a whole picture late: 12 pictures a second give 4, not 6 or 3.
        guard due.map({ time + Time90k(ticks: interval.ticks / 3) >= $0 || $0 - time > Time90k(.seconds(5)) }) ?? true
        else { return }
        due = max((due ?? time) + interval, time + Time90k(ticks: interval.ticks / 2))
        try look(picture, picture.isKey)
    }

    private mutating func open(_ unit: AccessUnit) throws(FFmpegError) {
        guard decoder == nil || format != unit.format else { return }
        guard unit.isKey || decoder != nil else { return }
        if format != unit.format { decoder = nil }
        format = unit.format
        decoder = try Decoder.open(unit.format)
    }
}
