import Domain

@testable import Vision

extension Moment {
    /// Seconds after 2026-11-23 10:00 in Shanghai, a Monday.
    static func at(_ seconds: Double) -> Moment {
        Moment(
            time: Time90k(ticks: Int64((seconds * 90_000).rounded())),
            wall: UTCTime(milliseconds: 1_795_399_200_000 + Int64((seconds * 1000).rounded())))
    }
}

extension IncidentBook {
    static func standard(_ settings: AnalysisSettings = .standard) -> IncidentBook {
        IncidentBook(
            camera: CameraID(at: UTCTime(milliseconds: 0)), settings: settings, hours: .standard, zone: .shanghai,
            models: "detector 1")
    }
}

extension [IncidentBook.Change] {
    var opened: [Capture] {
        compactMap { change in
            guard case .opened(let capture) = change else { return nil }
            return capture
        }
    }

    var ended: [Capture] {
        compactMap { change in
            guard case .ended(let capture) = change else { return nil }
            return capture
        }
    }
}
