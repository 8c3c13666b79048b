import Foundation

/// A bar on standard error that is drawn over itself; nothing when nobody watches.
struct ProgressLine {
    private static let width = 30
    private let isShown = isatty(STDERR_FILENO) == 1
    private var lastDrawn: ContinuousClock.Instant?

    /// - Parameter share: 0…1; nil = nobody knows how much there is.
    mutating func show(_ share: Double?, _ text: String) {
        guard isShown else { return }
        // Ten times a second is enough for the eye.
        if let lastDrawn, lastDrawn.duration(to: .now) < .milliseconds(100), share != 1 { return }
        lastDrawn = .now
        let bar = share.map { share in
            let full = Int(min(max(share, 0), 1) * Double(Self.width))
            return "[" + String(repeating: "█", count: full) + String(repeating: "·", count: Self.width - full) + "] "
        }
        FileHandle.standardError.write(Data("\r\(bar ?? "")\(text)\u{1B}[K".utf8))
    }

    /// Makes room for other lines.
    mutating func clear() {
        guard isShown, lastDrawn != nil else { return }
        lastDrawn = nil
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }

    /// A line that stays, on standard error.
    mutating func tell(_ text: String) {
        clear()
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
