import Domain

extension Wording {
    /// Whether a school's pictures are shown, in a few words.
    func opening(_ opening: PublicOpening) -> String {
        switch opening {
        case .off: words("public.state.off")
        case .noCameras: words("public.state.noCameras")
        case .cut(nil): words("public.state.cut")
        case .cut(let end?): words("public.state.cutUntil", ["time": exactMinute(end)])
        case .shut(nil): words("public.state.shut")
        case .shut(let start?): words("public.state.shutUntil", ["time": exactMinute(start)])
        case .open(let end): words("public.state.open", ["time": String(zone.civil(end).clock.prefix(5))])
        }
    }
}

extension PublicOpening {
    /// The colour of its mark, as the style sheet names it.
    var style: String {
        switch self {
        case .open: "ok"
        case .cut: "waiting"
        case .off, .noCameras, .shut: "disabled"
        }
    }
}
