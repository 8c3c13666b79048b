public import Bitstream
public import Domain
import Glibc

/// Tells from the sizes of coded pictures alone, with no decoding, whether something may be moving. (活动门)
///
/// An encoder spends bits where the picture differs from the one before, so a quiet scene has a narrow range of sizes,
/// which is learned for each camera. At a constant bit rate sizes say little; there the keyframes, which are always
/// decoded, carry the gate (see ``PictureReader``).
public struct ActivityGate: Sendable {
    /// How far above the usual, in standard deviations of a mean over the window, counts as activity.
    private static let alarm = 4.5
    /// Pictures over which sizes are averaged: 0.4 s at 15 a second.
    private static let window = 6
    /// Before so many pictures nothing is known and everything is let through.
    private static let learning = 90
    /// Of the difference, what one quiet picture moves the baseline: a minute's memory at 15 a second.
    private static let gain = 0.002

    /// Of the natural logarithm of the size in bytes.
    private var mean = 0.0
    private var variance = 0.0
    private var count = 0
    private var recent: [Double] = []
    private var openUntil: Time90k?
    /// Activity that never ends is a new usual: so many pictures in a row, and it is learned as such.
    private var alarmed = 0

    public init() {}

    /// Takes a picture's size; true while pictures should be decoded.
    public mutating func add(_ unit: AccessUnit) -> Bool {
        add(size: unit.data.count, isKey: unit.isKey, at: unit.decodeTime)
    }

    public mutating func add(size: Int, isKey: Bool, at time: Time90k) -> Bool {
        if let end = openUntil, time >= end { openUntil = nil }
        guard !isKey else { return isOpen || count < Self.learning }
        let value = log(Double(max(size, 1)))
        recent.append(value)
        if recent.count > Self.window { recent.removeFirst() }
        if count < Self.learning {
            learn(value, gain: 1 / Double(count + 1))
            return true
        }
        let average = recent.reduce(0, +) / Double(recent.count)
        let deviation = max(variance, 0.0025).squareRoot() / Double(recent.count).squareRoot()
        let isAlarmed = average > mean + Self.alarm * deviation
        alarmed = isAlarmed ? alarmed + 1 : 0
        if isAlarmed { hold(until: time + Time90k(.milliseconds(1500))) }
        // What is seen while something moves is not the usual, unless it never stops.
        if !isOpen || alarmed > 4500 { learn(value, gain: Self.gain) }
        return isOpen
    }

    /// Keeps it open: decoded pictures show something.
    public mutating func hold(until time: Time90k) {
        openUntil = max(openUntil ?? time, time)
    }

    public var isOpen: Bool { openUntil != nil }

    /// The camera's noise hides what a rat adds to a picture's size: the gate can't tell.
    ///
    /// In a dark kitchen of the simulator a picture of 640 × 360 takes 7,800 ± 300 bytes, and the rat in it 100.
    public var isBlind: Bool {
        guard count >= Self.learning else { return true }
        let deviation = exp(mean) * max(variance, 0.0025).squareRoot()
        return Self.alarm * deviation / Double(Self.window).squareRoot() > Self.ratBytes
    }

    /// What a rat of 40 pixels of 1080p, 13 of 360p, adds to a coded picture, in bytes.
    private static let ratBytes = 120.0

    /// The stream's clock begins anew; what is usual stays known.
    public mutating func restartClock() {
        openUntil = nil
        recent = []
        alarmed = 0
    }

    private mutating func learn(_ value: Double, gain: Double) {
        count += 1
        let difference = value - mean
        mean += difference * gain
        variance += (difference * difference * (1 - gain) - variance) * gain
    }
}
