import Documents
import Domain
import Supervision

/// The page of a sign-up: whether there is a place, the code for the door, calling off, and afterwards what it was like.
struct SignUpPlacePage: Page {
    struct Star: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    static let template = "public-place"
    let title: String
    let kind: String
    let board: String
    let time: String
    let place: String
    let name: String
    let people: String
    let headline: String
    let style: String
    let means: String
    let isNew: Bool
    let isThanked: Bool
    let fault: String?
    let qrCode: String?
    let mayCancel: Bool
    let cancelAction: String
    let mayRate: Bool
    let rateAction: String
    let stars: [Star]
    let words: String
    let longest = "\(ActivityFeedback.longest)"

    init(
        _ place: SignUpPlace, code: PublicCode, base: String, isNew: Bool, isThanked: Bool, fault: String?,
        typed: FormFields?, _ wording: Wording
    ) throws {
        let (words, signUp, activity) = (wording.words, place.signUp, place.activity)
        let plan = activity.plan
        title = plan.title
        kind = words(plan.kind)
        board = SiteURL.activity(.board(.value(activity.code))).path
        time = wording.span(plan.span)
        self.place = "\(wording.schools(place.schools)) · \(plan.place)"
        name = signUp.guest.name
        people = wording.heads(signUp.state == .came ? signUp.came : signUp.guest.heads)
        let isOff = activity.state == .cancelled
        let key =
            isOff
            ? "off"
            : signUp.state == .confirmed && signUp.movedUpAt != nil ? "movedUp" : signUp.state.rawValue
        headline =
            key == "waiting"
            ? words("place.waiting", ["number": "\(place.position ?? 0)"]) : words("place.\(key)")
        style = isOff ? "waiting" : signUp.state.style
        means = isOff ? words("activity.cancelledBy", ["reason": activity.cancelReason]) : words("place.\(key).means")
        self.isNew = isNew && [.confirmed, .waiting].contains(signUp.state) && !isOff
        self.isThanked = isThanked
        self.fault = fault
        let isAhead = [.published, .closed, .running].contains(activity.state)
        let isExpected = isAhead && [.confirmed, .waiting].contains(signUp.state)
        let door = base + SiteURL.activity(.door(.value(code))).path
        qrCode = try isExpected ? QRCode(door).svg(title: words("place.qr")) : nil
        mayCancel = [.published, .closed].contains(activity.state) && [.confirmed, .waiting].contains(signUp.state)
        cancelAction = SiteURL.activity(.cancelPlace(.value(code))).path
        mayRate = signUp.state == .came && [.running, .done, .reported].contains(activity.state)
        rateAction = SiteURL.activity(.rate(.value(code))).path
        let chosen = typed?.text("stars") ?? place.feedback.map { "\($0.stars)" }
        stars = ActivityFeedback.stars.reversed().map {
            Star(value: "\($0)", label: words("place.stars", ["count": "\($0)"]), isChosen: chosen == "\($0)")
        }
        self.words = typed?["words"] ?? place.feedback?.words ?? ""
    }
}
