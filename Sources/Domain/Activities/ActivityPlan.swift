/// What is planned: where, when, for how many, and what happens. (活动方案)
public struct ActivityPlan: Hashable, Sendable, Codable {
    public struct Point: Hashable, Sendable, Codable {
        /// After midnight of the day on which it begins.
        public var minute: Int
        /// 1…100 characters.
        public var text: String

        public init(minute: Int, _ text: String) {
            self.minute = minute
            self.text = text
        }
    }

    public var kind: Activity.Kind
    /// 1…60 characters.
    public var title: String
    /// 1…20.
    public var schools: [SchoolID]
    /// Where people meet: 1…100 characters.
    public var place: String
    public var span: TimeSpan
    public var signUpUntil: UTCTime
    public var capacity: ActivityCapacity
    /// In the order of their times: at most 20.
    public var programme: [Point]
    /// Who runs it, as the public is told: 1…60 characters.
    public var organizer: String
    /// What the public is told besides: 0…1000 characters.
    public var invitation: String

    public init(
        _ kind: Activity.Kind, title: String, schools: [SchoolID], place: String, span: TimeSpan, signUpUntil: UTCTime,
        capacity: ActivityCapacity, programme: [Point] = [], organizer: String, invitation: String = ""
    ) {
        self.kind = kind
        self.title = title
        self.schools = schools
        self.place = place
        self.span = span
        self.signUpUntil = signUpUntil
        self.capacity = capacity
        self.programme = programme
        self.organizer = organizer
        self.invitation = invitation
    }

    /// Longer is no single activity.
    public static let longest = Duration.seconds(3 * 86_400)
    public static let mostSchools = 20
    public static let mostPoints = 20

    /// What nobody can mean.
    public enum Flaw: Error, Hashable, Sendable {
        case schools
        case span
        case signUpUntil
        case capacity
        case programme
    }

    /// Lengths of texts are the business of who reads them in.
    public func check() throws(Flaw) {
        guard (1...Self.mostSchools).contains(schools.count), Set(schools).count == schools.count else {
            throw .schools
        }
        guard span.start < span.end, span.duration <= Self.longest else { throw .span }
        guard signUpUntil <= span.start else { throw .signUpUntil }
        guard capacity.isValid else { throw .capacity }
        guard programme.count <= Self.mostPoints, programme.allSatisfy({ (0..<1440).contains($0.minute) }) else {
            throw .programme
        }
    }
}

/// How many may come. (名额)
public struct ActivityCapacity: Hashable, Sendable, Codable {
    /// 1…2000
    public var total: Int
    /// Roles that are not in it are bound by the total alone; 0 = nobody of that role.
    public var byRole: [ActivityRole: Int]

    public static let totals = 1...2000

    public init(_ total: Int, byRole: [ActivityRole: Int] = [:]) {
        self.total = total
        self.byRole = byRole
    }

    public var isValid: Bool {
        Self.totals.contains(total) && byRole.values.allSatisfy { (0...total).contains($0) }
    }

    public func most(_ role: ActivityRole) -> Int { byRole[role] ?? total }

    /// Roles of which too many would be there.
    func full(_ heads: HeadCount) -> Set<ActivityRole> { heads.roles.filter { heads[$0] > most($0) } }

    public func holds(_ heads: HeadCount) -> Bool { heads.total <= total && full(heads).isEmpty }
}
