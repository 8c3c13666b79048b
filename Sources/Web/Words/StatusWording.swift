import Domain

/// What a camera is doing, as pages say it: a word with an icon, since when, why, and what comes next.
struct StatusView: Sendable, Hashable {
    /// `live`, `connecting`, `waiting`, `disabled`: the colour and the icon.
    let state: String
    let word: String
    let since: Moment?
    /// Why there is no picture.
    let reason: String?
    /// What to do about it.
    let advice: String?
    /// The camera's or the system's own words.
    let detail: String?
    let retry: String?
    /// `off`, `running`, `paused`
    let recording: String
    let recordingWord: String
    let recordingReason: String?
    var isLive: Bool { state == "live" }
}

extension Wording {
    func status(_ status: CameraStatus?, showsDetail: Bool = false) -> StatusView {
        let status = status ?? CameraStatus(state: .connecting, since: now)
        var reason: String?
        var advice: String?
        var detail: String?
        var retry: String?
        if case .waiting(let failure, let retryAt) = status.state {
            reason = words(failure.kind)
            advice = words("failure.\(failure.kind.rawValue).advice")
            if showsDetail, !failure.detail.isEmpty { detail = failure.detail }
            retry =
                retryAt > now ? words("status.retryIn", ["time": words(retryAt - now)]) : words("status.retryNow")
        }
        let recordingReason: String? =
            if case .paused(let gap) = status.recording { words(gap) } else { nil }
        return StatusView(
            state: status.state.name, word: words("status.\(status.state.name)"),
            since: status.state == .connecting ? nil : moment(status.since), reason: reason, advice: advice,
            detail: detail, retry: retry, recording: status.recording.name,
            recordingWord: words("recording.\(status.recording.name)"), recordingReason: recordingReason)
    }
}

extension CameraStatus.State {
    /// As the API and the style sheet name it.
    var name: String {
        switch self {
        case .disabled: "disabled"
        case .connecting: "connecting"
        case .live: "live"
        case .waiting: "waiting"
        }
    }
}

extension CameraStatus.Recording {
    var name: String {
        switch self {
        case .off: "off"
        case .running: "running"
        case .paused: "paused"
        }
    }
}
