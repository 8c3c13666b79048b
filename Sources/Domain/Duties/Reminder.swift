/// A school is told of something before it is too late. (提醒)
public struct Reminder: Hashable, Sendable {
    public enum Content: Hashable, Sendable, Codable {
        /// To be done until then, and not entered yet.
        case duties([DutySlot], due: UTCTime)
        case paper(ExpiringPaper)
    }

    public let id: ReminderID
    public var school: SchoolID
    public var content: Content
    public var time: UTCTime

    public init(id: ReminderID, school: SchoolID, content: Content, time: UTCTime) {
        self.id = id
        self.school = school
        self.content = content
        self.time = time
    }
}

public typealias ReminderID = Identifier<Reminder>

/// When schools are reminded. (提醒规则)
public struct ReminderRule: Hashable, Sendable {
    /// Before a duty's time is over: 5…240.
    public var minutesBefore: Int
    public var papers: ExpiryRule
    /// In minutes after midnight: nobody is told at night that a paper runs out.
    public var paperMinute: Int

    public static let standard = ReminderRule()

    public init(minutesBefore: Int = 60, papers: ExpiryRule = ExpiryRule(), paperMinute: Int = 480) {
        self.minutesBefore = minutesBefore
        self.papers = papers
        self.paperMinute = paperMinute
    }

    /// What a school is reminded of now: one reminder for each time at which something is due. Each has a cause, of which it is
    /// told once; what was due before is over, and is no longer reminded of.
    public func duties(_ standings: [DutyStanding], at now: UTCTime) -> [(cause: String, content: Reminder.Content)] {
        let open = standings.filter { $0.state == .open && $0.due.counts && isNear($0.due.time, now) }
        return Dictionary(grouping: open, by: \.due.time).sorted { $0.key < $1.key }.map { time, standings in
            ("duties/\(time.milliseconds)", .duties(standings.map(\.slot).sorted(), due: time))
        }
    }

    /// When ``duties(_:at:)`` next has something to say of what is due then.
    public func next(_ dues: [DutySchedule.Due], after now: UTCTime) -> UTCTime? {
        dues.map { $0.time - .seconds(minutesBefore * 60) }.filter { $0 > now }.min()
    }

    private func isNear(_ due: UTCTime, _ now: UTCTime) -> Bool {
        due >= now && due - now <= .seconds(minutesBefore * 60)
    }

    /// Each step of each paper once; a paper that is renewed begins anew.
    public func paper(_ paper: SchoolPaper, on today: Day) -> (cause: String, content: Reminder.Content)? {
        papers.met(by: paper.fact, on: today).map {
            ("paper/\(paper.id)/\(paper.validThrough)/\($0.step)", .paper($0))
        }
    }
}

/// A reminder that this process has undertaken to send, once.
public struct ReminderDelivery: Hashable, Sendable {
    public let id: DeliveryID
    public var reminder: ReminderID
    public var channel: ChannelID
    public var state: Delivery.State
    public var attempts: Int
    /// Waiting: when it is tried. Sending: until when the attempt is taken to be alive.
    public var nextTry: UTCTime?
    public var fault: SendFault.Kind?
    /// What the other side said to the last attempt; "" = nothing.
    public var answer: String

    public init(
        id: DeliveryID, reminder: ReminderID, channel: ChannelID, state: Delivery.State = .waiting, attempts: Int = 0,
        nextTry: UTCTime?, fault: SendFault.Kind? = nil, answer: String = ""
    ) {
        self.id = id
        self.reminder = reminder
        self.channel = channel
        self.state = state
        self.attempts = attempts
        self.nextTry = nextTry
        self.fault = fault
        self.answer = answer
    }
}
