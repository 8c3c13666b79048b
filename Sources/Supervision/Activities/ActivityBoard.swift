public import Domain
import Store

/// What everybody may know of an activity: nobody's name, no picture and no words that nobody has let pass.
public struct ActivityBoard: Sendable, Hashable {
    public struct Finding: Sendable, Hashable {
        public var school: String
        public var area: Area?
        public var matter: String
        /// Put right at once; else by the case.
        public var isMended: Bool
        /// nil = no case was made of it.
        public var caseState: CaseState?
    }

    /// Once the report is public.
    public struct Afterwards: Sendable, Hashable {
        public var came: HeadCount
        public var findings: [Finding]
        public var photos: [ActivityPhotoID: String]
        public var photoOrder: [ActivityPhotoID]
        public var voices: [ActivityFeedback]
        public var meanStars: Double?
        public var starCount: Int
    }

    public var activity: Activity
    public var schools: [School]
    public var isOpen: Bool
    /// Places in all that nobody has.
    public var left: Int
    /// Sign-ups that wait.
    public var waiting: Int
    /// Of which nobody can come at all.
    public var shutRoles: Set<ActivityRole>
    public var formToken: String
    /// nil until there is a report.
    public var afterwards: Afterwards?

    init(_ activity: Activity, _ records: Records, at now: UTCTime) throws {
        self.activity = activity
        let id = activity.id
        schools = try activity.plan.schools.compactMap { try records.places.school($0) }
        isOpen = activity.isOpenForSignUp(at: now)
        let capacity = activity.plan.capacity
        let guests = GuestList(try records.activities.signUps(of: id), capacity: capacity)
        left = guests.left
        waiting = guests.waiting.count
        shutRoles = Set(ActivityRole.allCases.filter { capacity.most($0) == 0 })
        formToken = SignUpForm.token(try records.activities.formKey(of: id) ?? [], at: now)
        guard activity.state == .reported else { return }
        let feedback = try records.activities.feedback(of: id)
        let photos = try records.activities.photos(of: id).filter(\.isPublic)
        afterwards = Afterwards(
            came: guests.came,
            findings: try ActivitySheet.findings(of: id, records).map {
                Finding(
                    school: $0.school?.name ?? "", area: $0.area, matter: $0.finding.matter,
                    isMended: $0.finding.isMended, caseState: $0.summary?.state)
            }, photos: Dictionary(uniqueKeysWithValues: photos.map { ($0.id, $0.caption) }),
            photoOrder: photos.map(\.id), voices: feedback.filter { $0.isPublic && !$0.words.isEmpty },
            meanStars: feedback.isEmpty
                ? nil : Double(feedback.reduce(0) { $0 + $1.stars }) / Double(feedback.count),
            starCount: feedback.count)
    }
}

/// What stands behind the code of a sign-up.
public struct SignUpPlace: Sendable, Hashable {
    public var activity: Activity
    public var schools: [School]
    public var signUp: SignUp
    /// On the waiting list; nil = has a place, or wants none any more.
    public var position: Int?
    public var feedback: ActivityFeedback?
}
